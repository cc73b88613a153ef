# The house rules hold, and the check that says so can fail: each rule is broken once in a small tree.
set -euo pipefail
root=${DUBAO_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
check=$root/tests/house/check.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

tree=$scratch/tree
fresh_tree() {
    rm -rf "$tree"
    mkdir -p "$tree"/src/{base,page,text,speech,audio} "$tree/build"
    printf '/* 读报 */\n#include "edition.h"\n#include "base/str.h"\nint page_split(void)\n{\n    return 0;\n}\n' >"$tree/src/page/page.c"
    printf '#include <espeak-ng/espeak_ng.h>\n' >"$tree/src/speech/synth.c"
    printf '#include <sndfile.h>\n' >"$tree/src/audio/soundfile.c"
    printf '#include <ao/ao.h>\n' >"$tree/src/audio/player.c"
}

# holds WHAT [BUILD]: the tree as it stands breaks no rule.
holds() {
    "$check" "$tree" "${@:2}" >"$scratch/said" 2>&1 && return
    echo "a rule was broken where none is ($1):"; cat "$scratch/said"
    failures=$((failures + 1))
}

# breaks RULE PLACE [BUILD]: exactly one breach is found, of this rule, at this place.
breaks() {
    if "$check" "$tree" "${@:3}" >"$scratch/said" 2>&1 || ! grep -qF "$1: $2" "$scratch/said" || [[ $(wc -l <"$scratch/said") -ne 2 ]]; then
        echo "not found, or not alone: $1 in $2; said was:"; cat "$scratch/said"
        failures=$((failures + 1))
    fi
    fresh_tree
}

lines() { local i; for ((i = 0; i < $1; i++)); do echo "    ;"; done; }

fresh_tree
holds "a tree in order"

echo '#include "text/spoken.h"' >>"$tree/src/page/page.c"
breaks "a folder includes its sibling" src/page/page.c:8
mkdir -p "$tree/src/commands"
echo '#include "commands/console.h"' >>"$tree/src/base/arena.c"
breaks "a folder includes its sibling" src/base/arena.c:1
echo '#include "edition.h"' >>"$tree/src/base/arena.c"
breaks "a folder includes its sibling" src/base/arena.c:1

echo '#include <espeak-ng/speak_lib.h>' >"$tree/src/speech/voice.c"
breaks "a library's header outside its one file" src/speech/voice.c:1
echo '#include <sndfile.h>' >"$tree/src/audio/track.h"
breaks "a library's header outside its one file" src/audio/track.h:1
echo '# include <ao/ao.h>' >"$tree/src/main.c"
breaks "a library's header outside its one file" src/main.c:1

# Put together here, because this file is checked too.
printf '/* %s: later */\n' "TO""DO" >"$tree/src/text/spoken.c"
breaks "unfinished" src/text/spoken.c:1

{ echo 'int long_one(void)'; echo '{'; lines 71; echo '}'; } >"$tree/src/text/spoken.c"
breaks "too long" "src/text/spoken.c:2: a function of 71 lines"
{ echo 'int long_enough(void)'; echo '{'; lines 70; echo '}'; } >"$tree/src/text/spoken.c"
holds "a function of 70 lines"
lines 451 >"$tree/src/text/spoken.c"
breaks "too long" "src/text/spoken.c: 451 lines"

printf 'void stop(void)\n{\n    exit(1);\n}\n' >"$tree/src/text/spoken.c"
breaks "a library prints or ends the program" src/text/spoken.c:3
printf 'void stop(void)\n{\n    fprintf(stderr, "no");\n}\n' >"$tree/src/audio/track.c"
breaks "a library prints or ends the program" src/audio/track.c:3
printf 'void stop(void)\n{\n    snprintf(a, 1, "no"); _exit(1); report->warn(2); fputs("{", file);\n}\n' >"$tree/src/audio/track.c"
holds "a forked child's end, a string"

printf '/* 两个 is data\n 两三个 too */ int x; // 两个\nconst char *two = "两个"; /* 两个 */\n' >"$tree/src/text/spoken.c"
breaks "Chinese in C, not in voices/mandarin" src/text/spoken.c:3
printf 'const char *digits[] = { "一", "二", "三" };\n' >"$tree/src/text/spoken.c"
breaks "Chinese in C, not in voices/mandarin" src/text/spoken.c:1
printf 'bool two = str_equal(key, STR("两")); /* 两个 */\n' >"$tree/src/text/spoken.c"
holds "a single character as a key"

# compiled C...: a library in the tree's build folder from this text.
compiled() {
    printf '%s\n' "$@" >"$scratch/global.c"
    "${CC:-cc}" -c "$scratch/global.c" -o "$scratch/global.o"
    rm -f "$tree/build/libdubao_core.a"
    ar rcs "$tree/build/libdubao_core.a" "$scratch/global.o"
}
mutable="a mutable global"
compiled 'int count = 3;'
breaks "$mutable" count "$tree/build"
compiled 'int count_up(void);' 'int count_up(void) { static int calls; return ++calls; }'
breaks "$mutable" calls "$tree/build"
compiled 'const char *const NAMES[] = { "a", "b" };' 'const int SIZES[] = { 1, 2 };'
holds "constants, with pointers in them too" "$tree/build"
rm -f "$tree/build/libdubao_core.a"
breaks "$mutable" "no library in $tree/build" "$tree/build"

echo "the checkout:"
if ! "$check" "$root" "${DUBAO_BUILD:-$root/build}"; then failures=$((failures + 1)); fi
[[ $failures -eq 0 ]] || { echo "$failures failures"; exit 1; }
echo "all rules hold"
