# Shell functions shared by script/run and script/test. Sourced, not run; the caller stands in the project's root.

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

# as_root COMMAND… - runs it as root: directly, or through sudo; fails when neither is possible.
as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; return; fi
  command -v sudo >/dev/null || return 1
  if [[ -t 0 && -z ${CI:-} ]]; then sudo "$@"; else sudo -n "$@"; fi
}

package_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# system_packages PACKAGE… - installs those Debian packages that are missing; asks the network for nothing when none is.
system_packages() {
  if ! command -v dpkg-query >/dev/null; then
    say "note: this is not Debian or Ubuntu; please see to it that the equivalents of these are installed: $*"
    return
  fi
  local missing=() package
  for package in "$@"; do package_installed "$package" || missing+=("$package"); done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  say "installing ${missing[*]}"
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120) log
  log=$(mktemp)
  if ! { as_root "${apt[@]}" update && as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2; rm -f "$log"
    die "could not install ${missing[*]}. Ask the administrator of this machine to run
  apt-get install --no-install-recommends ${missing[*]}
and start this command again."
  fi
  rm -f "$log"
}

# find_python - prints a Python of 3.11 or later, the version the pins were tried with first.
find_python() {
  local candidate
  for candidate in python3.11 python3 python3.12 python3.13; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"; return
    fi
  done
  return 1
}

# venv_is_sound - whether .venv has a working interpreter and was made at this very place (its commands name it).
venv_is_sound() {
  .venv/bin/python -c '' 2>/dev/null && head -n 2 .venv/bin/pip 2>/dev/null | grep -qF "$PWD/.venv/bin/"
}

make_venv() {
  local python
  [[ -w . ]] || die "this user may not write in $PWD, where .venv must be made. Start it as the owner of the folder, or in a copy."
  if ! python=$(find_python); then
    system_packages python3 python3-venv
    python=$(find_python) || die "Python 3.11 or later is needed; the newest found here is $(python3 --version 2>&1 || echo none)."
  fi
  "$python" -c 'import ensurepip, venv' 2>/dev/null || system_packages python3-venv
  [[ ! -L .venv ]] || die ".venv is a link to $(readlink .venv), which would be emptied. Remove the link, or use the place it leads to."
  say "making .venv with $("$python" --version)"
  "$python" -m venv --clear .venv || die "could not make .venv with $python."
}

# pins FILE - the hash of everything that must be installed for it.
pins() { cat requirements.txt "$1" | sha256sum; }

# python_environment REQUIREMENTS-FILE - makes .venv hold what the file pins; does nothing when it already does.
# A stamp with the hash of all pins is written only after a complete installation, so an interrupted one is taken up again.
python_environment() {
  local file=$1
  venv_is_sound || make_venv
  [[ $(cat ".venv/installed-$file" 2>/dev/null) != "$(pins "$file")" ]] || return 0
  say "installing what $file pins (a few minutes the first time)"
  rm -f .venv/installed-*
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input -r "$file" ||
    die "could not install the Python packages of $file; see the lines above. With the network back, start this command again."
  # What serves the tests serves the application too.
  pins requirements.txt >.venv/installed-requirements.txt
  pins "$file" >".venv/installed-$file"
}

# nu_validator - fetches the Nu HTML validator, which needs Java, and names it in NU_VALIDATOR for the tests.
nu_validator() {
  local version=26.9.27 folder=.venv/share/nu
  command -v java >/dev/null || system_packages default-jre-headless
  export NU_VALIDATOR=$PWD/$folder/$version/node_modules/vnu-jar/build/dist/vnu.jar
  [[ -f $NU_VALIDATOR ]] && return
  command -v npm >/dev/null || system_packages npm
  say "fetching the Nu HTML validator"
  npm install --silent --no-save --prefix "$folder/$version" "vnu-jar@$version" || die "could not fetch the Nu HTML validator."
}
