#!/usr/bin/env bash
# Installs what the test of VS Code needs, from npm and Debian alone: code-server (VS Code in a browser) and playwright-core. About 620 MB and two
# minutes. Run once; as root, or with the Debian packages installed.
#
#   tests/editors/install_code_server.sh [FOLDER]     default: .deps/code-server of this repository
#
# `npm install code-server` alone runs scripts that download programs from elsewhere; here its native modules are built, and Debian's ripgrep is used.
set -euo pipefail
folder=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/.deps/code-server}
version=4.100.3 # VS Code 1.100.3; newer ones want a newer Node.js than 20
packages=(chromium ripgrep libkrb5-dev libsecret-1-dev libx11-dev libxkbfile-dev pkg-config g++ make python3)

missing=()
for package in "${packages[@]}"; do
  [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
done
((${#missing[@]} == 0)) || DEBIAN_FRONTEND=noninteractive apt-get install --yes -qq --no-install-recommends "${missing[@]}"

mkdir -p "$folder"
cd "$folder"
[[ -f package.json ]] || echo '{ "private": true }' >package.json
npm install --ignore-scripts --save-exact "code-server@$version" playwright-core@1.52.0

cd node_modules/code-server/lib/vscode
npm install --ignore-scripts --omit=dev
(cd extensions && npm install --ignore-scripts --omit=dev)
for module in @vscode/spdlog native-watchdog @vscode/native-watchdog node-pty @parcel/watcher @vscode/fs-copyfile; do
  [[ ! -d node_modules/$module ]] || npm_config_yes=true npm rebuild --foreground-scripts "$module"
done
mkdir -p node_modules/@vscode/ripgrep/bin
ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
ln -sfn node_modules node_modules.asar
ln -sf code-linux.sh bin/remote-cli/code-server
ln -sf browser-linux.sh bin/helpers/browser.sh
cd "$folder"
npm rebuild --build-from-source argon2
touch installed
echo "code-server $version is in $folder"
