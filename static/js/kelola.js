"use strict";
// The search boxes that the admin makes of selects take the name of the select's label.
{
  const nameAll = () => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${select.id}"]`);
      const box = select.parentElement.querySelector(".select2-selection");
      if (!label || !box) continue;
      const value = box.querySelector(".select2-selection__rendered");
      label.id = label.id || `${select.id}_label`;
      box.setAttribute("aria-labelledby", `${label.id} ${value.id}`);
      value.setAttribute("aria-labelledby", label.id);
    }
  };
  // By the admin's own queue: its boxes are made by callbacks that stand before this one.
  window.addEventListener("load", () => window.django && window.django.jQuery(nameAll));
  document.addEventListener("formset:added", () => setTimeout(nameAll));
}
