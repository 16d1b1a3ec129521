from django.apps import AppConfig


class RiMatrixConfig(AppConfig):
    name = "apps.widgets.ri_matrix"
