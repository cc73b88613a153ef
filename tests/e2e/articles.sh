# Which articles of a page are read: --articles; what stands on every page: --furniture.
source "$(dirname "$0")/../support/e2e.bash"

titles() { jq -r '.articles[].title' said; }
ids() { jq -r '[.articles[].id] | join(" ")' "$1"; }

page=$scratch/page.md
printf '%s\n' '2024年6月18日 星期二 第3版' '' '# 甲' '' '甲的正文。' '' '# 乙' '' '乙的正文。' '' '# 丙' '' '丙的正文。' '' '责任编辑：一叶' >"$page"

run 0 "$dubao" inspect --json --articles 2-3 "$page"
is "titles" "$(titles | tr '\n' ' ')" "乙 丙 "
is "numbers are those of the page" "$(ids said)" "02 03"
run 0 "$dubao" inspect --json -a ' 3, 1 ' "$page"
is "in the page's order" "$(ids said)" "01 03"
run 0 "$dubao" inspect "$page"
is "a list to choose from" "$(grep -c '^  0[123]  ' said)" 3

run 64 "$dubao" inspect --articles 4 "$page"
says complained "page.md has 3 articles"
one_sentence "a number too high"
run 0 "$dubao" inspect --json -a 2- "$page"
is "to the last" "$(ids said)" "02 03"
for list in 0 2-1 x 1,,2 -3 -; do
    run 64 "$dubao" inspect "--articles=$list" "$page"
    says complained "--articles wants numbers"
done

run 0 "$dubao" export -q -o "$scratch/out" --articles 2 "$page"
is "one file" "$(ls "$scratch/out" | tr '\n' ' ')" "edition.json page-02.wav "
is "one article" "$(ids "$scratch/out/edition.json")" "02"
run 0 "$dubao" play -q --driver raw -o "$scratch/two.raw" --articles 2 "$page"
run 0 "$dubao" play -q --driver raw -o "$scratch/all.raw" --from-start "$page"
[[ $(stat -c %s "$scratch/all.raw") -gt $(($(stat -c %s "$scratch/two.raw") * 2)) ]] || wrong "all articles are not longer than one of them"

silent() { jq '[.articles[].blocks[] | select(.sentences | length == 0)] | length' said; }
run 0 "$dubao" inspect --json "$page"
is "furniture is shown and silent" "$(silent)" 2
run 0 "$dubao" inspect --json --furniture "$page"
is "and read where it is wanted" "$(silent)" 0
finish
