#!/usr/bin/env bash
# The rules of the house (CONTRIBUTING.md) that a machine can check. Prints every breach with its file and line; 0 when there is none.
#
#   tests/house/check.sh [CHECKOUT [BUILD]]    BUILD: a build folder; its libraries are searched for mutable globals
set -uo pipefail
export LC_ALL=C.UTF-8

root=$(cd "${1:-$(dirname "$0")/../..}" && pwd) || exit 1
build=${2-}
function_lines_max=70
file_lines_max=450
breaches=0
cd "$root" || exit 1
shopt -s nullglob globstar

# breach RULE: reads the breaches, one a line.
breach() {
    local line
    while IFS= read -r line; do
        printf '%s: %s\n' "$1" "$line"
        breaches=$((breaches + 1))
    done
}

# The stages meet in edition.h and in the command that calls them in order. Then each can be understood, tested and torn out by itself.
check_arrows() {
    local folder file
    for folder in base page text pinyin speech audio player publish; do
        for file in src/"$folder"/**/*.[ch]; do
            grep -HnoE '#[[:space:]]*include[[:space:]]*"[^"]*"' "$file" | awk -F'"' -v own="$folder" '
                { included = $2; sub(/\/.*/, "", included) }
                included == own || included == "base" || ($2 == "edition.h" && own != "base") { next }
                { print }'
        done
    done
}

# A library stands behind one file, so that another one can take its place.
check_library_headers() {
    grep -rnE '#[[:space:]]*include[[:space:]]*<espeak(-ng)?/' src --include='*.[ch]' | grep -v '^src/speech/synth\.c:'
    grep -rnE '#[[:space:]]*include[[:space:]]*<sndfile\.h>' src --include='*.[ch]' | grep -v '^src/audio/soundfile\.c:'
    grep -rnE '#[[:space:]]*include[[:space:]]*<soxr\.h>' src --include='*.[ch]' | grep -v '^src/audio/resample\.c:'
    grep -rnE '#[[:space:]]*include[[:space:]]*<ao/ao\.h>' src --include='*.[ch]' | grep -v '^src/audio/player\.c:'
    grep -rnE '#[[:space:]]*include[[:space:]]*<n?curses' src --include='*.[ch]' | grep -v '^src/commands/play/tui\.c:'
}

# What is not done is said in an issue, where somebody looks for it.
check_unfinished() {
    grep -HnswE 'TODO|FIXME|XXX|HACK' src/**/*.[ch] tools/**/*.[ch] tests/**/*.[ch] tests/**/CMakeLists.txt CMakeLists.txt run voices/*.voice
}

# A function begins and ends with a brace in the first column.
check_lengths() {
    awk -v most="$function_lines_max" -v file_most="$file_lines_max" '
        function file_end() { if (lines > file_most) printf "%s: %d lines, at most %d\n", name, lines, file_most }
        FNR == 1 { file_end(); name = FILENAME; start = 0 }
        { lines = FNR }
        /^\{/ || /^[A-Za-z].*\)[[:space:]]*\{[[:space:]]*$/ { start = FNR }
        /^\}/ {
            if (start && FNR - start - 1 > most) printf "%s:%d: a function of %d lines, at most %d\n", FILENAME, start, FNR - start - 1, most
            start = 0
        }
        END { file_end() }' "$@" </dev/null
}

# Libraries answer to their caller: they neither print nor end the program (a forked child may _exit).
check_manners() {
    local folder
    for folder in base page text pinyin speech audio player publish; do
        grep -HnE '(^|[^_>.[:alnum:]])((exit|v?printf|puts|putchar|perror)[[:space:]]*\(|(stdout|stderr)([^_[:alnum:]]|$))' src/"$folder"/**/*.c /dev/null |
            grep -vE ':[0-9]+:[[:space:]]*(\*|/\*)'
    done
}

# Language is data under voices/mandarin. In C, Chinese stands only in comments; a single character may be compared with, because it
# is the key of a row (两 in numbers.tsv, 一 and 不 in sandhi.tsv), but a word or a list of characters is a table in the wrong place.
check_language_in_c() {
    awk '
        BEGIN { han = "[\xE4-\xE9][\x80-\xBF][\x80-\xBF]" }
        FNR == 1 { comment = 0 }
        {
            code = ""; rest = $0
            while (rest != "") {
                if (comment) {
                    end = index(rest, "*/"); if (!end) break
                    rest = substr(rest, end + 2); comment = 0
                } else {
                    begin = index(rest, "/*"); line = index(rest, "//")
                    if (line && (!begin || line < begin)) { code = code substr(rest, 1, line - 1); break }
                    if (!begin) { code = code rest; break }
                    code = code substr(rest, 1, begin - 1); rest = substr(rest, begin + 2); comment = 1
                }
            }
            # In bytes: U+4000 to U+9FFF.
            if (code ~ (han han) || code ~ (han ".*" han ".*" han)) printf "%s:%d: %s\n", FILENAME, FNR, $0
        }' "$@" </dev/null
}

# State outside of what a caller holds makes two uses of a library one. Constants that hold pointers lie in .data.rel.ro.
check_globals() {
    local library libraries
    [[ -n $build ]] || return 0
    libraries=("$build"/libdubao_*.a)
    [[ ${#libraries[@]} -gt 0 ]] || { printf 'no library in %s: build first\n' "$build"; return 0; }
    for library in "${libraries[@]}"; do
        # Sanitizers add globals of their own.
        if nm "$library" 2>/dev/null | grep '__asan_' >/dev/null; then continue; fi
        nm -A -f sysv --defined-only "$library" | awk -F'|' '{ gsub(/[[:space:]]/, "", $7); gsub(/[[:space:]]/, "", $4) }
            $4 ~ /OBJECT|TLS/ && $7 ~ /^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)/ && $7 !~ /^\.data\.rel\.ro/ { sub(/^.*:/, "", $1); sub(/[[:space:]]+$/, "", $1); print $1 }'
    done
}

c_files=(src/**/*.[ch] tools/**/*.[ch] tests/**/*.[ch])
code_files=(src/**/*.[ch])
[[ ${#code_files[@]} -gt 0 ]] || { echo "no source files under $root" >&2; exit 1; }
breach "a folder includes its sibling" < <(check_arrows)
breach "a library's header outside its one file" < <(check_library_headers)
breach "unfinished" < <(check_unfinished)
breach "too long" < <(check_lengths "${c_files[@]}")
breach "a library prints or ends the program" < <(check_manners)
breach "Chinese in C, not in voices/mandarin" < <(LC_ALL=C check_language_in_c "${code_files[@]}")
breach "a mutable global" < <(check_globals)

[[ $breaches -eq 0 ]] || { printf '%d breaches of the house rules\n' "$breaches"; exit 1; }
