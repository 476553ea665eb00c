#!/usr/bin/env bash
# Makes sure that there is a Chromium for the browser tests: the system's, else from its package manager.
set -euo pipefail

find_chromium() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}

as_root() { [ "$(id -u)" = 0 ]; }

install_chromium() {
    if command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
    elif command -v dnf >/dev/null; then
        dnf install -y -q chromium
    elif command -v apk >/dev/null; then
        apk add --quiet chromium
    else
        return 1
    fi
}

by_hand() {
    if command -v apt-get >/dev/null; then echo "apt-get update && apt-get install -y chromium"
    elif command -v dnf >/dev/null; then echo "dnf install -y chromium"
    elif command -v apk >/dev/null; then echo "apk add chromium"
    else echo "（用本系统的软件管理安装 chromium）"; fi
}

# Without a Chinese font every character is an empty box; pages still work, so a failure here is only a warning.
install_fonts() {
    if command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh 2>/dev/null)" ]; then return; fi
    if as_root && command -v apt-get >/dev/null; then
        echo "安装中文字体……"
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            fontconfig fonts-noto-cjk fonts-arphic-ukai >/dev/null && return
    fi
    echo "提示：没有中文字体，截图里的汉字会显示成方框。" >&2
}

if ! find_chromium >/dev/null; then
    if as_root; then
        echo "安装 chromium（浏览器测试要用）……"
        install_chromium >/dev/null || true
    fi
    if ! find_chromium >/dev/null; then
        printf '\n浏览器测试需要 Chromium，这台机器上没有。请以管理员身份运行：\n    %s\n' "$(by_hand)" >&2
        exit 1
    fi
fi
install_fonts
