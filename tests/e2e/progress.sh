# The progress line: one line, on a terminal only, never with -q; what is said stays readable beside it.
. "$(dirname "$0")/../support/e2e.bash"
three_articles page.md
slow=(env LD_PRELOAD="$build/lib/crash.so" SLOW_MS=60)

run 0 "${slow[@]}" "$dubao" export -o piped page.md
is "lines when piped" "$(wc -l <complained)" 1
[[ $(<complained) != *$'\r'* && $(<complained) != *$'\e'* ]] || wrong "a progress line in a pipe"

# on_terminal COMMAND...: what a terminal of 60 columns is sent, in ./typed
on_terminal() {
    local command
    command=$(printf '%q ' "$@")
    script -qefc "stty cols 60; $command" typed >/dev/null </dev/null || wrong "status $? on a terminal: $*"
    # script's own first and last line; it sets the last one off by an empty one.
    sed -i '/^Script \(started\|done\) on /d' typed
    sed -i '${/^$/d}' typed
}
if command -v script >/dev/null; then
    on_terminal "${slow[@]}" "$dubao" export -j 1 -o shown page.md
    grep -qE '[0-9]+ %  [0-9]+:[0-9]{2} left  sentence [0-9]+  (春风|夏雨|冬雪)' typed || wrong "no progress line on a terminal: $(cat -v typed)"
    is "line feeds on a terminal" "$(grep -c '' typed)" 1
    # Each redrawing begins with a return and clears the line; the last one leaves nothing of it.
    [[ $(tail -1 typed) == *$'\r\e[K'dubao:\ 3\ articles\ written* ]] || wrong "the last line: $(tail -1 typed | cat -v)"
    on_terminal "${slow[@]}" "$dubao" export -q -j 1 -o quiet page.md
    is "what -q sends to a terminal" "$(<typed)" ""
    on_terminal env TERM=dumb "${slow[@]:1}" "$dubao" export -j 1 -o dumb page.md
    [[ $(<typed) != *$'\e'* ]] || wrong "a dumb terminal is sent an escape"
    # A title that is longer than the line, or holds control characters, does not spill over.
    printf '# %s\n\n今天天气很好。\n' "$(printf '长%.0s' {1..200})" >long.md
    on_terminal "${slow[@]}" "$dubao" export -j 1 -o long long.md
    longest=$(tr '\r' '\n' <typed | grep -v '^.*dubao: ' | sed 's/\x1b\[K//g' | while IFS= read -r line; do printf '%s' "$line" | wc -m; done | sort -n | tail -1)
    [[ $longest -lt 60 ]] || wrong "a progress line of $longest characters on 60 columns"
fi
finish
