# The project's labelled sentences (training/) have the form that the trainer reads, and the trainer learns from them without measuring on them.
set -euo pipefail
root=${DUBAO_SOURCE:-$(cd "$(dirname "$0")/../.." && pwd)}
build=${DUBAO_BUILD:-$root/build}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0
fail() { printf '%s\n' "$*"; failures=$((failures + 1)); }

form_check() { # STEM: prints every line that is not as it should be
    grep -nvP '^[^▁]*▁\p{Han}▁[^▁]*$' "$1.sent" | sed "s|^|$1.sent: not one character between two marks: |"
    grep -nvE '^[a-z]+(u:[a-z]*)?[1-5]$' "$1.lb" | sed "s|^|$1.lb: no reading such as chang2: |"
    sort "$1.sent" | uniq -d | sed "s|^|$1.sent: stands there twice: |"
    [[ $(wc -l <"$1.sent") -eq $(wc -l <"$1.lb") ]] || printf '%s.sent and its .lb have not as many lines\n' "$1"
}
sentences=0
for set in "$root"/training/*.sent; do
    wrong=$(form_check "${set%.sent}" || true)
    [[ -z $wrong ]] || fail "$wrong"
    sentences=$((sentences + $(wc -l <"$set")))
done
[[ $sentences -ge 500 ]] || fail "only $sentences sentences in training/"

# A set of the user's with two sentences: those are measured, and learned from beside the project's.
mkdir -p "$scratch/sets/few" && cd "$scratch"
printf '%s\n' '这条河▁长▁三百公里' '校▁长▁走进教室' >sets/few/few.sent
printf '%s\n' chang2 zhang3 >sets/few/few.lb
"$build/bin/polyphone_train" "$build/share/dubao" sets model.txt >out
grep -q "^$((sentences + 2)) sentences" out || fail "not all sentences are read: $(head -1 out)"
grep -q '^in ten folds: few/few: 2 of 2 right' out || fail "the project's sentences do not teach 长: $(grep few out)"
if grep -q own out; then fail "the project's own sentences are measured: $(grep own out)"; fi
grep -q '^藏.readings' model.txt || fail "藏 is in training/, but not in the model"

[[ $failures -eq 0 ]] || exit 1
echo "$sentences sentences hold"
