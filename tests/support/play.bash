# For the tests of play: listeners at a pseudo-terminal, with a loudspeaker that plays in real time. Sourced after e2e.bash.
listen=$build/bin/listen
soundfind=$build/bin/soundfind
# Under a sanitizer, or beside other work, everything takes longer; what was promised is checked in the median.
promised_frames=2205 allowed_frames=$((22050 * 6 / 10))
delays=()

# Three articles; no sentence begins like another.
listeners_page() {
    cat >"$1" <<'PAGE'
# 春天来了

公园里的花开了，游客比上个星期多了不少。早上八点，门口已经排起了长队。

银行行长张伟说，今年的收入会超过去年。大家都很高兴。

# 夏天的雨

昨天夜里北方下了一场大雨，河水涨得很快。比赛改到星期天。

# 秋天的书

图书馆新买了三千本书，欢迎读者来借。
PAGE
}

# The same with seven hundred more: a page whose beginning is heard before all of it is read.
long_page() {
    local i
    listeners_page "$1"
    for ((i = 4; i <= 700; i++)); do
        printf '\n# 第%d个消息\n\n' $i
        printf '今天是第%d天，天气很好，我们都去公园看花。明天的事情明天再说，大家不要着急。\n\n' $i $((i + 1)) $((i + 2))
    done >>"$1"
}

# sample NAME COMMANDS [OPTION...]: what is heard of page.md (or $page) when these commands of the remote come before the first sound, in NAME.raw
sample() {
    local name=$1 commands=$2
    shift 2
    printf '%b\n' "$commands" |
        HOME=$scratch/samples "$dubao" play --remote --from-start --driver raw -o "$name.raw" "$@" "${page:-page.md}" >/dev/null || wrong "no sample of $name"
}
listeners_samples() {
    sample title1 ''
    sample flowers 'Sentence 2'
    sample queue 'Sentence 3'
    sample bank 'Sentence 4'
    sample glad 'Sentence 5'
    sample title2 'Article 2'
    sample rain 'Article 2\nSentence 2'
    sample title3 'Article 3'
    sample books 'Article 3\nSentence 2'
}

# session NAME STEP... [-- OPTION...]: a listener to page.md in a home of his own; what came of it is in the folder NAME.
# Run it in the background, several at once. $page: another page; $shim: variables for the program alone, NAME=VALUE with spaces between.
session() {
    local name=$1 steps=()
    shift
    while [[ $# -gt 0 && $1 != -- ]]; do steps+=("$1"); shift; done
    [[ $# -eq 0 ]] || shift
    mkdir -p "$name"
    HOME=$scratch/$name "$listen" "$name/pipe" "$name/heard" "$name/typed" "${steps[@]}" -- \
        env ${shim:-} "$dubao" play --driver raw -o "$name/pipe" "$@" "${page:-page.md}" >"$name/log"
    tr -d '\r' <"$name/typed" >"$name/lines"
}
# step NAME N: the frame at which a step was taken
step() { awk -v n="$2" '$1 == "step" && $2 == n { print $3 }' "$1/log"; }
# lands NAME N SAMPLE [FRAMES]: soon (FRAMES at most) after step N the sample is heard from its first frame on
lands() {
    local from at
    from=$(step "$1" "$2")
    at=$("$soundfind" "$1/heard" "$3.raw" "$from")
    if [[ $at -lt 0 || $((at - from)) -gt ${4:-$allowed_frames} ]]; then
        wrong "$1, step $2: $3 is heard at frame $at, the key came at $from"
    else
        [[ $((at - from)) -le $promised_frames ]] || echo "$1, step $2: $3 is heard after $(((at - from) * 1000 / 22050)) ms"
        delays+=($((at - from)))
    fi
}
# prints NAME WORDS: a line of the terminal
prints() { grep -qxF -- "$2" "$1/lines" || { wrong "$1: no line '$2'"; cat "$1/lines"; }; }
# ended NAME "status 0": how it ended, with the terminal as it was found
ended() {
    grep -qx "$2" "$1/log" || wrong "$1 did not end with $2: $(tr '\n' ' ' <"$1/log")"
    grep -qx 'terminal same' "$1/log" || wrong "$1 leaves the terminal changed"
    ! grep -q hangs "$1/log" || wrong "$1 hangs"
}
# median_is_prompt: half of the keys were heard without a wait that a listener notices; 100 ms are promised, tests/bench/play measures them
median_is_prompt() {
    local sorted
    [[ ${#delays[@]} -gt 0 ]] || { wrong "no key was measured"; return; }
    mapfile -t sorted < <(printf '%s\n' "${delays[@]}" | sort -n)
    echo "${#sorted[@]} keys were heard after $((sorted[0] * 1000 / 22050)) to $((sorted[-1] * 1000 / 22050)) ms, median $((sorted[${#sorted[@]} / 2] * 1000 / 22050))"
    [[ ${sorted[${#sorted[@]} / 2]} -le $allowed_frames ]] || wrong "a key takes more than $((allowed_frames * 1000 / 22050)) ms"
}
