#!/usr/bin/env bash
# Fills .venv from a lock file: tools/install.sh runtime|dev
set -euo pipefail
cd "$(dirname "$0")/.."
set=${1:-runtime}
lock=requirements/$set.txt

stop() { printf '%s\n' '' "$@" >&2; exit 1; }

suitable() { command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local name
    for name in "${PYTHON:-python3}" python3 python3.13 python3.12 python3.11 python3.14; do
        if suitable "$name"; then echo "$name"; return; fi
    done
    return 1
}

make_venv() {
    local python version
    python=$(find_python) || stop \
        "需要 Python 3.11 或更新的版本，现在的是：$("${PYTHON:-python3}" --version 2>&1 || echo 没有安装)。" \
        "请先安装，例如 Debian/Ubuntu：apt-get install -y python3 python3-venv；" \
        "或指明用哪一个：make install PYTHON=/路径/python3.12"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$python" -c 'import ensurepip, venv' 2>/dev/null || stop \
        "这个 Python ${version} 缺少 venv。请以管理员身份运行：" \
        "    apt-get install -y python${version}-venv"
    echo "建立 .venv（Python ${version}）……"
    rm -rf .venv
    "$python" -m venv .venv
}

find_uv() {
    if [ -x .venv/bin/uv ]; then echo .venv/bin/uv; else command -v uv || true; fi
}

install_lock() {
    local uv
    uv=$(find_uv)
    if [ -n "$uv" ] && "$uv" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"; then
        return
    fi
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock"
}

suitable .venv/bin/python || make_venv
echo "安装 ${lock}（第一次要一两分钟）……"
install_lock || stop "有软件包没有装上，原因见上面。多半是网络不通；通了再运行一次同样的命令即可。"
# The project itself: no download, no build environment, so it works without a network too.
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --no-deps --no-build-isolation --editable .
touch .venv/.runtime
if [ "$set" = dev ]; then touch .venv/.dev; fi
