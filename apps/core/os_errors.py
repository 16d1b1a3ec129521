"""What the operating system refused, in Korean: its own words are those of its own language.

Nothing here imports Django, so that the configuration can use it before Django is set up.
"""

import errno

# Some systems lack the name; there the number does not occur.
_QUOTA = getattr(errno, "EDQUOT", errno.ENOSPC)
_REASONS = {
    errno.EACCES: "권한이 없습니다.",
    errno.EPERM: "권한이 없습니다.",
    errno.EROFS: "읽기 전용인 파일 시스템입니다.",
    errno.ENOSPC: "디스크에 남은 공간이 없습니다.",
    _QUOTA: "디스크에 남은 공간이 없습니다.",
    errno.EIO: "디스크를 읽거나 쓰다가 오류가 났습니다.",
    errno.ENOENT: "그런 파일이나 폴더가 없습니다.",
    errno.EEXIST: "같은 이름의 파일이 이미 있습니다.",
    errno.EISDIR: "파일이 아니라 폴더입니다.",
    errno.ENOTDIR: "경로 가운데에 폴더가 아닌 것이 있습니다.",
    errno.ENAMETOOLONG: "이름이 너무 깁니다.",
    errno.EADDRNOTAVAIL: "이 컴퓨터에 없는 주소입니다.",
    errno.EAFNOSUPPORT: "이 컴퓨터에서 쓰지 않는 종류의 주소입니다.",
    # Windows reports its own error numbers of addresses beside the POSIX ones.
    10049: "이 컴퓨터에 없는 주소입니다.",
    10047: "이 컴퓨터에서 쓰지 않는 종류의 주소입니다.",
}


def reason(error: OSError) -> str:
    """Why, as a whole Korean sentence; what is not usual is told by its number."""
    known = _REASONS.get(error.errno or 0)
    if known:
        return known
    return f"운영 체제가 알린 오류 번호: {error.errno or '없음'}."
