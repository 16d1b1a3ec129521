from django.apps import AppConfig


class PacketWalkConfig(AppConfig):
    name = "apps.widgets.packet_walk"
    verbose_name = "패킷 따라가기"
