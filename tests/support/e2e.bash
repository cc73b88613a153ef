# What every end-to-end test sources: the program, a folder of its own that is the working directory, and words to say what must hold.
# A test goes on after a wrong answer and fails at its end, so that one run shows everything that is wrong.
set -euo pipefail
source=${DUBAO_SOURCE:?run the tests through ctest}
build=${DUBAO_BUILD:?run the tests through ctest}
dubao=$build/bin/dubao
soundinfo=$build/bin/soundinfo
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
# Nothing of the person who runs the tests may decide about them.
export XDG_CONFIG_HOME=$scratch/config HOME=$scratch TERM=xterm
unset DUBAO_VOICE DUBAO_OUTPUT DUBAO_JOBS DUBAO_FORMAT DUBAO_PRESET DUBAO_LOUDNESS DUBAO_DRIVER DUBAO_JSON DUBAO_QUIET DUBAO_FROM_START DUBAO_SLEEP DUBAO_REMOTE DUBAO_TUI \
    DUBAO_EXPORT_WHILE_PLAYING DUBAO_DRIVER_OPTION XDG_STATE_HOME NO_COLOR
failures=0

wrong() {
    printf 'wrong: %s\n' "$*"
    failures=$((failures + 1))
}

# run STATUS COMMAND...: its output in ./said, its complaints in ./complained
run() {
    local wanted=$1 got=0
    shift
    "$@" >said 2>complained </dev/null || got=$?
    if [[ $got -ne $wanted ]]; then
        wrong "status $got, not $wanted: $*"
        cat complained
    fi
}

# is WHAT GOT WANTED
is() { [[ $2 == "$3" ]] || wrong "$1: '$2', not '$3'"; }
# says FILE WORDS / silent_on FILE WORDS: the words stand in the file, or do not
says() { grep -qF -- "$2" "$1" || { wrong "'$2' is not in $1:"; head -c 2000 "$1"; }; }
says_not() { ! grep -qF -- "$2" "$1" || { wrong "'$2' is in $1:"; head -c 2000 "$1"; }; }
# one_sentence: exactly one line was complained, and it begins with the program's name
one_sentence() {
    is "lines on standard error ($1)" "$(wc -l <complained)" 1
    [[ $(<complained) == dubao:\ * ]] || wrong "not our sentence ($1): $(<complained)"
}
# holds FILTER FILE: what jq says of the file is true
holds() { jq -e "$1" "$2" >/dev/null || wrong "$2: does not hold: $1"; }
# tidy DIR: nothing lies there that edition.json does not name, and every file it names opens with the frames it states
tidy() {
    local file frames
    is "files in $1" "$(ls -A "$1" | sort)" "$({ echo edition.json; jq -r '.articles[].file' "$1/edition.json"; } | sort)"
    while read -r file frames; do
        is "frames of $file" "$("$soundinfo" frames "$1/$file")" "$frames"
    done < <(jq -r '.articles[] | "\(.file) \(.frames)"' "$1/edition.json")
}
# near WHAT GOT WANTED TOLERANCE
near() { awk -v a="$2" -v b="$3" -v t="$4" 'BEGIN { exit !(a - b <= t && b - a <= t) }' || wrong "$1: $2, not $3 within $4"; }

# Three short articles with known names.
three_articles() {
    printf '# 春风\n\n今天天气很好，我们去公园。\n\n# 夏雨\n\n明天下雨，比赛改到星期天。\n\n# 冬雪\n\n昨天北方下了大雪。\n' >"$1"
}

finish() {
    if [[ $failures -ne 0 ]]; then
        echo "$failures wrong"
        exit 1
    fi
    echo "all of it holds"
}
