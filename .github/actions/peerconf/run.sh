#!/usr/bin/env bash
# The steps of action.yml. What users say comes in variables, and is used in quotes or split at blanks, never run.
set -euo pipefail

temporary="${RUNNER_TEMP:?}"

# Whether a command was asked for.
wants() { [[ " ${PEERCONF_COMMANDS:-} " == *" $1 "* ]]; }

# The status of a step and its file, for the steps after it; a step with findings must not keep those from running.
told() {
    echo "status=$1" >>"$GITHUB_OUTPUT"
    if [[ -n "${2:-}" ]]; then echo "file=$2" >>"$GITHUB_OUTPUT"; fi
}

inputs() { read -ra answers <<<"${PEERCONF_INPUTS:?}"; }

site() {
    options=()
    if [[ -n "${PEERCONF_SITE:-}" ]]; then options+=(--site "$PEERCONF_SITE"); fi
}

install() {
    if ! command -v peerconf >/dev/null; then
        # The revision of the action is the revision of the program.
        local source="$GITHUB_ACTION_PATH/../../.."
        # Containers are root's and have no sudo.
        local as=()
        if [[ $(id -u) != 0 ]]; then as=(sudo); fi
        "${as[@]}" apt-get update -qq
        "${as[@]}" apt-get install -y -qq --no-install-recommends libxml2-dev pkg-config >/dev/null
        swift build --package-path "$source" --configuration release --product peerconf
        local folder
        folder=$(swift build --package-path "$source" --configuration release --show-bin-path)
        echo "$folder" >>"$GITHUB_PATH"
        PATH="$folder:$PATH"
    fi
    local version
    version=$(peerconf --version)
    echo "peerconf $version"
    if [[ -n "${PEERCONF_VERSION:-}" && "$PEERCONF_VERSION" != "$version" ]]; then
        echo "::error::peerconf is $version, but another version was asked for"
        exit 1
    fi
}

check() {
    wants check || return 0
    inputs
    site
    if [[ -n "${PEERCONF_DEVICE:-}" ]]; then options+=(--device "$PEERCONF_DEVICE"); fi
    local status=0
    peerconf render "${answers[@]}" "${options[@]}" -o "${PEERCONF_OUTPUT:?}" --check --diff || status=$?
    if ((status > 0)); then
        peerconf render "${answers[@]}" "${options[@]}" -o "$PEERCONF_OUTPUT" --check --diff --format markdown \
            >>"$GITHUB_STEP_SUMMARY" 2>/dev/null || true
    fi
    told "$status"
}

lint() {
    wants lint || return 0
    inputs
    site
    local status=0 file="$temporary/peerconf.sarif"
    peerconf lint "${answers[@]}" "${options[@]}" --policy "${PEERCONF_POLICY:-rfc}" --format sarif >"$file" || status=$?
    peerconf lint "${answers[@]}" "${options[@]}" --policy "${PEERCONF_POLICY:-rfc}" --format github || true
    # Without a report there is nothing to upload.
    if [[ ! -s "$file" ]]; then file=''; fi
    told "$status" "$file"
}

scan() {
    wants scan || return 0
    inputs
    local status=0 files=()
    # What git has, and nothing that only lies there.
    while IFS= read -r -d '' name; do files+=("$name"); done \
        < <(git ls-files -z -- "${answers[@]}" "${PEERCONF_OUTPUT:?}")
    if ((${#files[@]})); then peerconf scan "${files[@]}" || status=$?; fi
    told "$status"
}

diff() {
    wants diff || return 0
    inputs
    site
    git fetch --quiet --depth=1 origin "refs/heads/${PEERCONF_BASE:?}"
    local revision status=0 file="$temporary/peerconf-diff.md"
    revision=$(git rev-parse FETCH_HEAD)
    echo '<!-- peerconf -->' >"$file"
    # All paths at once: one may have the gateways of another's connections.
    local path known=0
    for path in "${answers[@]}"; do
        if git cat-file -e "$revision:./${path%/}" 2>/dev/null; then known=1; fi
    done
    if ((known)); then
        peerconf diff --since "$revision" "${answers[@]}" "${options[@]}" --format markdown >>"$file" || status=$?
        # A difference is what pull requests are for.
        if ((status == 1)); then status=0; fi
    else
        echo "${PEERCONF_BASE} has none of the answers yet: there is nothing to compare with." >>"$file"
    fi
    cat "$file" >>"$GITHUB_STEP_SUMMARY"
    told "$status" "$file"
}

# One comment, which is written anew each time.
comment() {
    local comments="repos/${GITHUB_REPOSITORY:?}/issues/${PEERCONF_PULL_REQUEST:?}/comments" body="$temporary/body.md" id
    # GitHub takes 65,536 characters.
    head -c 65000 "${PEERCONF_DIFF:?}" | iconv -c -f UTF-8 -t UTF-8 >"$body"
    id=$(gh api "$comments" --paginate --jq '.[] | select(.body | startswith("<!-- peerconf -->")) | .id' | head -n 1)
    if [[ -n "$id" ]]; then
        gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$body" >/dev/null
    else
        gh api --method POST "$comments" --field "body=@$body" >/dev/null
    fi
}

verdict() {
    local failed=0
    for pair in "check=${PEERCONF_CHECK:-}" "lint=${PEERCONF_LINT:-}" "scan=${PEERCONF_SCAN:-}" \
        "diff=${PEERCONF_DIFF_STATUS:-}"; do
        local status="${pair#*=}"
        if [[ -n "$status" && "$status" != 0 ]]; then
            echo "::error::peerconf ${pair%%=*}: exit status $status"
            failed=1
        fi
    done
    return "$failed"
}

case "${1:-}" in
install | check | lint | scan | diff | comment | verdict) "$1" ;;
*)
    echo "usage: run.sh install|check|lint|scan|diff|comment|verdict" >&2
    exit 2
    ;;
esac
