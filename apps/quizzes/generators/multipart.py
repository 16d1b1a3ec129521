"""S3 multipart upload: how small the parts of a large object may be."""

from random import Random

from .making import Sum, sum_generator

# [s3_mpu] The limits; every stem states them.
LEAST_PART = 5
MOST_PART = 5 * 1024
MOST_PARTS = 10_000


def parts_of(size: int, part: int) -> int:
    """How many parts an object has; sizes in MiB, the last part may be smaller."""
    return -(-size // part)


def least_part(size: int) -> int:
    """The least whole number of MiB with which an object of `size` MiB is within the limits."""
    return max(LEAST_PART, parts_of(size, MOST_PARTS))


def _draw_part(rng: Random) -> Sum:
    gib = rng.choice((rng.randrange(20, 45), *(rng.randrange(60, 4000, 10) for _ in range(4))))
    size = gib * 1024
    key, exact = least_part(size), size // MOST_PARTS
    slips = (
        (exact, "나머지를 버리면 파트 수가 한도를 넘습니다."),
        (LEAST_PART, "파트의 최소 크기만 보았습니다. 파트 수에도 한도가 있습니다."),
        (parts_of(size, MOST_PARTS), "파트 수만 보았습니다. 파트에는 최소 크기도 있습니다."),
        (
            -(-gib * 1000 // MOST_PARTS),
            "GiB 값을 1,000배 하여 MiB 값으로 바꾸었습니다. 1,024배가 맞습니다.",
        ),
        (parts_of(size, MOST_PARTS * 10), "파트를 100,000개까지 나눌 수 있다고 본 계산입니다."),
        (1, "파트를 얼마든지 작게 나눌 수는 없습니다."),
        (1 << key.bit_length(), "파트 크기가 2의 거듭제곱일 필요는 없습니다."),
        (parts_of(size, MOST_PARTS // 10), "파트를 1,000개까지만 나눌 수 있다고 본 계산입니다."),
        (key + 1, "올릴 수 있지만 가장 작은 크기는 아닙니다."),
        (100, "멀티파트 업로드를 권하는 객체의 크기(100 MB)이지 파트의 크기가 아닙니다."),
        (MOST_PART, "파트의 최대 크기입니다. 더 작게 나눌 수 있습니다."),
    )
    stem = (
        f"{gib:,} GiB({size:,} MiB) 객체를 멀티파트 업로드로 S3에 올립니다. 파트는 "
        f"{MOST_PARTS:,}개까지 나눌 수 있고, 마지막 파트가 아니면 크기가 {LEAST_PART} MiB 이상 "
        "5 GiB 이하여야 합니다. 마지막을 뺀 파트의 크기를 MiB 단위의 정수로 똑같이 정한다면, 가장 "
        "작은 파트 크기는 얼마입니까?"
    )
    told = [(part, f"{why} {_counted(size, part)}") for part, why in slips if part > 0]
    explanation = (
        f"{size:,} ÷ {MOST_PARTS:,} = {size / MOST_PARTS:.7g}입니다. 파트 수의 한도를 지키려면 "
        f"{parts_of(size, MOST_PARTS):,} MiB 이상이어야 하고, 최소 크기는 {LEAST_PART} MiB입니다. "
        f"둘 다 지키는 가장 작은 크기: {key:,} MiB. {_counted(size, key)}"
    )
    return Sum(
        {"size": size, "most_parts": MOST_PARTS, "least_part": LEAST_PART},
        stem,
        key,
        told,
        explanation,
        lambda part: f"{part:,} MiB",
    )


def _counted(size: int, part: int) -> str:
    counted = f"{part:,} MiB씩 나누면 파트는 {parts_of(size, part):,}개입니다."
    if part < LEAST_PART:
        return f"{counted} 하지만 파트가 최소 크기인 {LEAST_PART} MiB보다 작습니다."
    if parts_of(size, part) > MOST_PARTS:
        return f"{counted} 한도인 {MOST_PARTS:,}개를 넘습니다."
    return counted


GENERATORS = (
    sum_generator("storage-multipart-part", "멀티파트 업로드의 파트 크기 계산하기", _draw_part),
)
