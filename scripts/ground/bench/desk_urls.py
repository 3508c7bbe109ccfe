"""The addresses of the product, and beside them what it is compared with."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from ciayumajakuning import urls
from registry.models import Firm


class StockSite(admin.AdminSite):
    """Django's own, for whoever is signed in."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Everybody of the bench."""
        return request.user.is_active


stock = StockSite(name="stock")


@admin.register(Firm, site=stock)
class StockFirmAdmin(admin.ModelAdmin):
    """What Django gives for the same columns, filters and search."""

    list_display = ["name", "regency", "district", "nib", "status", "data_year"]
    list_filter = ["regency", "status"]
    list_select_related = ["regency", "district"]
    list_per_page = 50
    ordering = ["name", "id"]
    search_fields = ["name", "brand", "products", "nib", "phone", "owners__name"]

    def has_view_permission(self, request: HttpRequest, obj: Firm | None = None) -> bool:
        """Rights are the product's matter."""
        return True


def bare(request: HttpRequest) -> HttpResponse:
    """A page that asks the database for nothing of its own."""
    page = engines["django"].from_string("<h1>{{ request.user.email }}</h1>")
    return HttpResponse(page.render({"request": request}, request))


urlpatterns = [
    path("bare/", bare),
    path("stock/", stock.urls),
    *urls.urlpatterns,
]
