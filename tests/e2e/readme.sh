# Every command in README.md works, says what README.md says it says, and both languages name the same ones.
#
# Blocks marked "sh" are run in a folder that looks like the checkout; a "text" block is the output of the block before it. Blocks
# marked "sh setup" install and build, which has happened when this runs: only their commands are checked.
set -euo pipefail
root=${DUBAO_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
build=${DUBAO_BUILD:-$root/build}
readme=${1:-$root/README.md}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

mkdir -p "$scratch/home" "$scratch/checkout/build"
cp -r "$root/articles" "$scratch/checkout/"
ln -s "$build/bin" "$scratch/checkout/build/bin"
# No sound device is needed to run what a person would listen to.
unset XDG_STATE_HOME
export DUBAO_DRIVER=null HOME=$scratch/home XDG_CONFIG_HOME=$scratch/home

fail() { printf 'README.md:%d: %s\n' "$1" "$2"; failures=$((failures + 1)); }

setup_block() { # LINE TEXT
    local command
    while IFS= read -r command; do
        # shellcheck disable=SC2086 # words of a command line
        set -- "$1" "$2" $command
        [[ -x $root/$3 ]] || fail "$1" "$3 is not there"
        "$root/$3" --help | grep -qE "^ +${command//./\\.}( {2}|$)" || fail "$1" "$3 --help does not know: $command"
    done <<<"$2"
}

sh_block() { # LINE TEXT
    if ! (cd "$scratch/checkout" && bash -euo pipefail -c "$2") >"$scratch/out" 2>"$scratch/err"; then
        fail "$1" "this does not work: $2"
        cat "$scratch/err"
    fi
}

# By how much the model is sure changes whenever it is trained; that it is the model stays.
without_scores() { sed -E 's/(\tmodel) [0-9]+\.[0-9]+$/\1/'; }

text_block() { # LINE TEXT
    [[ $(without_scores <"$scratch/out") == "$(without_scores <<<"$2")" ]] || { fail "$1" "README.md says:"; printf '%s\nbut it is:\n' "$2"; cat "$scratch/out"; }
}

count=0
kind='' text='' begin=0 number=0
while IFS= read -r line; do
    number=$((number + 1))
    if [[ -z $kind && $line == '```'* ]]; then
        kind=${line#'```'} text='' begin=$number
        [[ $kind == sh || $kind == "sh setup" || $kind == text ]] || fail "$number" "a block of the unknown kind '$kind'"
    elif [[ $line == '```' ]]; then
        case $kind in
        sh) sh_block "$begin" "$text"; count=$((count + 1)) ;;
        "sh setup") setup_block "$begin" "$text" ;;
        text) text_block "$begin" "$text" ;;
        esac
        kind=''
    elif [[ -n $kind ]]; then
        text+=${text:+$'\n'}$line
    fi
done <"$readme"
[[ $count -ge 12 ]] || fail "$number" "only $count blocks of commands were found"

# The Chinese half is the English one in Chinese: the same commands in the same order.
blocks() { awk '/^```/ { inside = !inside; print; next } inside'; }
diff <(sed '/^# 中文说明/,$d' "$readme" | blocks) <(sed -n '/^# 中文说明/,$p' "$readme" | blocks) || fail 1 "the halves name different commands"
# Every command of the program is there.
for command in $("$build/bin/dubao" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    grep -q "build/bin/dubao $command" "$readme" || fail 1 "the command $command is missing"
done
# What was exported stands where README.md says.
for file in out/edition.json podcast/edition.json archive/edition.json; do
    [[ -s $scratch/checkout/$file ]] || fail 1 "$file was not written"
done

[[ $failures -eq 0 ]] || exit 1
echo "$count blocks of commands work"
