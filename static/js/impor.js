// Asks every two seconds how far the work is; without this script the page loads itself again.
"use strict";
(() => {
  const place = document.getElementById("kemajuan");
  if (!place) return;
  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.tanya, { headers: { Accept: "text/html" } });
      const next = answer.headers.get("X-Next");
      if (next) {
        location.assign(next);
        return;
      }
      if (answer.ok) place.innerHTML = await answer.text();
    } catch {
      // The network was away; the next question may be answered.
    }
    setTimeout(ask, 2000);
  };
  setTimeout(ask, 1000);
})();
