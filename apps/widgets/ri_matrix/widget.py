"""약정의 유연성: what a purchase option is flexible about, and how a commitment is changed."""

from apps.kernel.pricing.sources import SOURCES
from apps.widgetkit.manifest import Preset, Simulator, Source, Widget

from .domain.changes import CHANGE_SCHEMA, evaluate_change
from .domain.flexibility import evaluate
from .domain.needs import NEEDS_SCHEMA, evaluate_needs
from .domain.presets import PRESETS
from .domain.schema import SCHEMA
from .forms import CHANGE, FOLLOW, NEEDS, SIMULATORS, decode, encode, simulator_of
from .presenter import LESSON, present
from .questions import GENERATORS, asks

WIDGET = Widget(
    slug="ri-matrix",
    title="약정의 유연성",
    summary=(
        "약정한 것과 지금 쓰는 것이 다를 때 할인이 따라오는지, 얼마나 따라오는지, "
        "무엇을 하면 따라오는지 봅니다."
    ),
    simulators=(
        Simulator(SIMULATORS[FOLLOW], evaluate, SCHEMA),
        Simulator(SIMULATORS[NEEDS], evaluate_needs, NEEDS_SCHEMA),
        Simulator(SIMULATORS[CHANGE], evaluate_change, CHANGE_SCHEMA),
    ),
    presets=tuple(Preset(*preset) for preset in PRESETS),
    decode=decode,
    encode=encode,
    present=present,
    asks=asks,
    template="ri_matrix/panels.html",
    sources=tuple(
        Source(
            f"{source.title} (제3자가 옮긴 글로 확인)" if source.third_party else source.title,
            source.url,
            source.as_of,
            "medium" if source.third_party else "high",
        )
        for source in SOURCES.values()
    ),
    styles=tuple(
        f"ri_matrix/{name}.css"
        for name in ("ri_matrix", "table", "cell", "needs", "follow", "change", "blocks")
    ),
    scripts=("ri_matrix/ri_matrix.js",),
    lessons=(LESSON,),
    generators=GENERATORS,
    picture="ri_matrix/_picture.html",
    simulator_of=simulator_of,
)
