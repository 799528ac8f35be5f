#!/bin/sh
# Fuzzes the template engine: compiles it with libFuzzer and feeds it mutations of the corpus.
#
#   Tests/Fuzz/TemplateEngine/run.sh [SECONDS]
#
# A crash leaves its input in the current folder. With 0 seconds only the corpus is run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
build=${FUZZ_BUILD:-$root/.build/fuzz}
seconds=${1:-60}
mkdir -p "$build/found"

flags="-O -swift-version 6 -sanitize=fuzzer -enable-upcoming-feature MemberImportVisibility"
cd "$build"
# shellcheck disable=SC2046,SC2086
swiftc $flags -parse-as-library -wmo -emit-module -module-name Findings -c $(find "$root/Sources/Findings" -name '*.swift') -o Findings.o
# shellcheck disable=SC2046,SC2086
swiftc $flags -parse-as-library -wmo -emit-module -module-name TemplateEngine -I . \
    -enable-upcoming-feature InternalImportsByDefault \
    -c $(find "$root/Sources/TemplateEngine" -name '*.swift') -o TemplateEngine.o
# shellcheck disable=SC2086
swiftc $flags -parse-as-library -module-name Fuzz -I . "$here/Fuzz.swift" \
    "$root/Tests/TemplateEngineTests/Support/JSON.swift" Findings.o TemplateEngine.o -o fuzz

if [ "$seconds" -eq 0 ]; then
    exec ./fuzz "$here"/corpus/*
fi
exec ./fuzz -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=4096 -dict="$here/jinja.dict" found "$here/corpus"
