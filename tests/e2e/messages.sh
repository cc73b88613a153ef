# What the program says: every message of the sources is in po/*.po, and a person with a Chinese system gets Chinese, whether or not that
# locale was generated there.
. "$(dirname "$0")/../support/e2e.bash"
unset LC_ALL LC_MESSAGES LANG LANGUAGE LOCPATH
chinese=(env LANG=zh_CN.UTF-8)

# Every message is translated, and with the same arguments. What is missing or no longer sure is printed.
"$source/po/extract.sh" "$scratch/dubao.pot"
[[ $(grep -c '^msgid' dubao.pot) -gt 150 ]] || wrong "only $(grep -c '^msgid' dubao.pot) messages were found"
for catalogue in "$source"/po/*.po; do
    msgmerge --quiet --no-fuzzy-matching "$catalogue" dubao.pot -o merged.po
    msgattrib --untranslated --no-obsolete merged.po >missing.po
    msgattrib --only-fuzzy --no-obsolete merged.po >fuzzy.po
    [[ ! -s missing.po ]] || wrong "not translated in $catalogue (cmake --build build --target messages adds it): $(sed '1,/^$/d' missing.po)"
    [[ ! -s fuzzy.po ]] || wrong "fuzzy in $catalogue: $(sed '1,/^$/d' fuzzy.po)"
    msgfmt --check -o /dev/null merged.po || wrong "msgfmt --check: $catalogue"
done
# A text that is printed but stands in no _(): words in a format that goes to a person.
loose=$(grep -rnE '(error_set(_errno)?|table_fault|report_warn|console_say)\([^"]*"[^"]*[a-z]{3}' "$source/src" --include='*.c' |
    grep -vE '_\(|ngettext\(' || true)
is "messages outside of _()" "$loose" ""

# in_chinese STATUS WORDS COMMAND...: that status, one sentence, these words in it
in_chinese() {
    local status=$1 words=$2
    shift 2
    run "$status" "${chinese[@]}" "$@"
    one_sentence "$*"
    says complained "$words"
}
three_articles page.md
run 0 "${chinese[@]}" "$dubao" --help
says said "用法：dubao 命令"
says said "朗读"
for command in export play inspect text pinyin voices; do
    run 0 "${chinese[@]}" "$dubao" $command --help
    says said "用法：dubao $command [选项...]"
    says_not said "Project-Id-Version" # the catalogue's head is the translation of ""
    # Only names and values are Latin: a line of help has Chinese in it.
    ! LC_ALL=C.UTF-8 grep -nvP '\p{Han}|^$' said || wrong "lines of $command --help without Chinese"
done
in_chinese 64 "要执行哪个命令" "$dubao"
in_chinese 64 "没有命令“exprot”" "$dubao" exprot page.md
in_chinese 64 "没有选项“--foo”" "$dubao" export --foo page.md
in_chinese 64 "--jobs 应是 1 到 64 之间的数" "$dubao" export -j 0 page.md
in_chinese 64 "没有播音员“nobody”" "$dubao" export -v nobody page.md
in_chinese 66 "无法打开 missing.md: 没有这个文件或文件夹" "$dubao" export missing.md
in_chinese 66 "是文件夹，不是文件" "$dubao" text .
in_chinese 0 "3 篇文章已写入 out，0 篇未变" "$dubao" export -o out page.md
in_chinese 0 "没有变化：3 篇文章都在 out 里" "$dubao" export -o out page.md
run 0 "${chinese[@]}" "$dubao" inspect page.md
says said "标题（第 1 行）"
# What programs read is the same in every language.
run 0 "${chinese[@]}" "$dubao" inspect --json page.md
mv said chinese.json
run 0 "$dubao" inspect --json page.md
cmp said chinese.json || wrong "inspect --json depends on the language"
in_chinese 0 "没有变化" "$dubao" export -o out page.md # nothing was rendered anew for another language

# The columns of --help line up where characters are two columns wide. 。 and ， count as wide, as a terminal draws them.
# columns_of FILE: at which column the explanation of each option starts
columns_of() { grep -E '^  (-.,|  ) +--' "$1" | perl -CS -Mutf8 -ne 'if (/^(.{6}\S+(?: \S+)? +)\S/) { my $h = $1; my $n = length $h; $n++ while $h =~ /\p{Han}/g; print "$n\n" }' | sort -u; }
for command in export play inspect; do
    run 0 "${chinese[@]}" "$dubao" $command --help
    is "columns of the explanations in Chinese ($command)" "$(columns_of said)" 29
    run 0 "$dubao" $command --help
    is "columns of the explanations ($command)" "$(columns_of said)" 29
done

# The progress line stays on its line, counted in columns.
if command -v script >/dev/null; then
    printf '# %s\n\n今天天气很好。\n' "$(printf '长%.0s' {1..200})" >long.md
    LANG=zh_CN.UTF-8 SLOW_MS=60 script -qefc "stty cols 60; LD_PRELOAD=$build/lib/crash.so '$dubao' export -j 1 -o progress long.md" typed >/dev/null </dev/null
    LC_ALL=C.UTF-8 grep -q '%  还剩 [0-9]*:[0-9]*  第 [0-9]* 句  长长' typed || wrong "no Chinese progress line: $(cat -v typed)"
    widest=$(tr '\r' '\n' <typed | sed 's/\x1b\[K//g' | grep -v '^Script ' | grep -v 'dubao: ' |
        perl -CS -Mutf8 -ne 'chomp; my $n = length; $n++ while /\p{Han}/g; print "$n\n"' | sort -n | tail -1)
    [[ $widest -lt 60 && $widest -ge 57 ]] || wrong "a progress line of $widest columns on 60"
fi

# "-" is a sign for the program; a person reads what it means.
for command in export inspect text; do
    got=0
    printf 'a\0b' | "${chinese[@]}" "$dubao" $command - >said 2>complained || got=$?
    is "status of $command" "$got" 65
    says complained "标准输入 无法当作文字读取"
done
printf '\xf0\xaa\x9b\x96\n' | "${chinese[@]}" "$dubao" pinyin >said 2>complained
says complained "标准输入:1: “"

# Who gets which language. Neither of these locales needs to be there.
# speaks WORDS VARIABLE=VALUE...
speaks() {
    local words=$1
    shift
    run 66 env "$@" "$dubao" export missing.md
    says complained "$words"
}
speaks 无法打开 LC_ALL=zh_CN.UTF-8 LANG=C
speaks 无法打开 LC_MESSAGES=zh_CN.utf8
speaks 无法打开 LANG=zh_SG.UTF-8
speaks 无法打开 LANG=zh_CN.UTF-8 LC_CTYPE=C
speaks 'cannot open' LANG=zh_CN.UTF-8 LC_ALL=C
speaks 'cannot open' LANG=de_DE.UTF-8
speaks 'cannot open' LANG=C.UTF-8
speaks 'cannot open' LANG=../../zh_CN
speaks 'cannot open' DUBAO_NOTHING=1
# Data without catalogues: English, and no complaint about it.
ln -s "$build"/share/dubao/{voices,lexicon.bin} .
speaks 'cannot open' LANG=zh_CN.UTF-8 DUBAO_DATA="$scratch"

# One and several.
printf '# 春风\n\n今天天气很好。\n' >one.md
run 0 "$dubao" export -o one one.md
says complained "1 article written"
run 0 "$dubao" export -o one one.md
says complained "1 article lies"
# A message that is too long for its room is not cut in the middle of a character.
long=$(printf '长%.0s' {1..80})
in_chinese 66 "无法打开 $long" "$dubao" export "$long/$long/$long/$long"
iconv -f UTF-8 -t UTF-8 complained >/dev/null || wrong "half a character: $(<complained)"
# The name of a file does not steer the terminal, nor make two lines of one.
in_chinese 66 "无法打开 a?[2J?b??31m: 没有" "$dubao" export $'a\e[2J\nb\xc2\x9b31m'
printf '# 春风\n\n\n\n\n今天\xff天气很好，真的很好，大家都说好。\n' >$'a\e[31m.md'
run 0 "${chinese[@]}" "$dubao" inspect $'a\e[31m.md'
says complained 'a?[31m.md:6: 从这里起有 1 个损坏的字节'
finish
