//! Any text at all → an analysis that keeps its promises (`policy_reader::invariants`), in time that grows as the text does.

mod common;

use common::{files, parse, path, read, shared};
use policy_reader::{Format, Options, analyze, invariants};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

const FORMATS: [Option<Format>; 4] = [None, Some(Format::Markdown), Some(Format::Html), Some(Format::Plain)];

fn fault(source: &str, format: Option<Format>) -> Option<String> {
    let analysis = analyze(source, &Options { format, ..Options::default() });
    let view = analysis.view();
    invariants::check(source, &analysis.document, &analysis.outline, &analysis.clauses, &view).err()
}

fn hold(named: impl IntoIterator<Item = (String, String)>, formats: &[Option<Format>]) {
    let mut report = String::new();
    let mut count = 0;
    for (name, source) in named {
        count += 1;
        for format in formats {
            if let Some(fault) = fault(&source, *format) {
                let short = |text: &str| text.chars().take(300).collect::<String>();
                let _ = writeln!(report, "{} as {format:?}: {}", short(&name), short(&fault));
            }
        }
    }
    assert!(count > 0, "nothing was checked");
    assert!(report.is_empty(), "\n{report}");
}

/// Seeds and originals of the workshop beside the checkout, if it is there.
fn texts(folder: &str) -> Vec<(String, String)> {
    let Some(found) = shared(folder) else { return Vec::new() };
    files(&found.to_string_lossy(), "").iter().map(|p| (p.display().to_string(), read(p))).collect()
}

#[test]
fn seeds_and_originals_keep_every_character() {
    let texts: Vec<_> = texts("seeds").into_iter().chain(texts("corpora/capp-130/originals")).collect();
    if !texts.is_empty() {
        hold(texts, &[None]);
    }
}

#[test]
fn own_texts_keep_every_character_in_every_reader() {
    let mut texts = Vec::new();
    for folder in ["tests/cases/outline", "tests/cases/bold"] {
        texts.extend(files(folder, "case").iter().map(|p| (p.display().to_string(), parse(&read(p)).source)));
    }
    for folder in ["www/samples", "tests/hostile", "tests/pages", "tests/regressions"] {
        texts.extend(files(folder, "").iter().map(|p| (p.display().to_string(), read(p))));
    }
    texts.push(("clinic".into(), read(&path("tests/policies/clinic/whole.txt"))));
    hold(texts, &FORMATS);
}

/// A generator of numbers: Marsaglia's xorshift, so that every run sees the same texts.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below as u64).unwrap()
    }
}

/// Pieces that readers treat in a way of their own.
const PIECES: &[&str] = &[
    "一、",
    "（一）",
    "1.",
    "1.1 ",
    "(2)",
    "①",
    "a)",
    "第一条 ",
    "第二章",
    "附件一：",
    "目录",
    "隐私政策",
    "我们收集您的信息",
    "。",
    "；",
    "，",
    "：",
    "\n",
    "\n\n",
    "\n\n\n\n\n",
    "\t\t",
    "  ",
    "　",
    "\u{a0}",
    "\u{200b}",
    "**",
    "*",
    "__",
    "# ",
    "## ",
    "> ",
    "- ",
    "| ",
    "|",
    "---|---\n",
    "`",
    "```\n",
    "\\",
    "[",
    "](",
    ")",
    "(",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<table>",
    "<tr>",
    "<td>",
    "<td rowspan=2>",
    "</table>",
    "<!--",
    "-->",
    "<a href=x>",
    "<br>",
    "<h2>",
    "</h2>",
    "<li>",
    "<script>",
    "</script>",
    "<style>",
    "<nav>",
    "&amp;",
    "&nbsp;",
    "&",
    "&#x4e00;",
    "&lt;",
    "<",
    ">",
    "\"",
    "'",
    "“",
    "”",
    "《",
    "》",
    "【",
    "】",
    "（",
    "）",
    "Android ID",
    "https://a.example/x?y=1",
    "x@y.example",
    "\0",
    "\r\n",
    "\u{feff}",
    "\u{202e}",
    "⼀",
    "⽤",
    "１",
    "．",
    "😀",
    "e\u{301}",
];

#[test]
fn thrown_together_texts_keep_every_character_in_every_reader() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let texts: Vec<_> = (0..600)
        .map(|i| {
            let length = 1 + dice.roll(if i % 10 == 0 { 400 } else { 40 });
            let source: String = (0..length).map(|_| PIECES[dice.roll(PIECES.len())]).collect();
            (format!("{source:?}"), source)
        })
        .collect();
    hold(texts, &FORMATS);
}

/// Inputs that break readers, `n` times over.
fn extremes(n: usize) -> Vec<(&'static str, String)> {
    let repeat = |s: &str| s.repeat(n);
    let nested = |open: &str, close: &str| format!("{}我们{}", open.repeat(n), close.repeat(n));
    vec![
        ("one character", repeat("字")),
        ("blanks", repeat(" ")),
        ("line breaks", repeat("\n")),
        ("lines of one character", repeat("字\n")),
        ("torn lines", repeat("字\n\n，字\n字\n\n\n\n\n。")),
        ("NUL", repeat("\0")),
        ("BOM", repeat("\u{feff}")),
        ("CRLF", repeat("一、收集\r\n我们收集。\r\n")),
        ("mixed widths", repeat("（1)１．")),
        ("radicals", repeat("⽤⼾")),
        ("right to left", repeat("\u{202e}א\u{200f}")),
        ("surrogate pairs", repeat("😀")),
        ("opening brackets", repeat("（")),
        ("closing brackets", repeat("）")),
        ("nested brackets", nested("（", "）")),
        ("nested square brackets", nested("[", "]")),
        ("nested links", nested("[", "](x)")),
        ("quotes", repeat("“")),
        ("nested quotes", nested("“", "”")),
        ("straight quotes", repeat("\"")),
        ("stars", repeat("*")),
        ("pairs of stars", repeat("**字")),
        ("spaced stars", repeat("** 字 ")),
        ("lines of stars", repeat("**字\n")),
        ("lines that open bold", repeat("字**字\n\n")),
        ("underscores", repeat("_字")),
        ("escaped stars", repeat("\\**字")),
        ("back-ticks", repeat("`字")),
        ("backslashes", repeat("\\")),
        ("quoted lines", format!("{}字", repeat("> "))),
        ("bars", repeat("|")),
        ("bars in lines", repeat("|字|\n")),
        ("a wide table", format!("{}\n{}\n{}\n", repeat("|字"), repeat("|---"), repeat("|值"))),
        ("a long table", format!("|字|字|\n|---|---|\n{}", repeat("|值|值|\n"))),
        ("hashes", repeat("# 字\n")),
        ("list items", repeat("- 字\n")),
        ("numbered items", repeat("1. 字\n")),
        ("open divs", repeat("<div>")),
        ("open divs with text", repeat("<div>字")),
        ("closed divs", nested("<div>", "</div>")),
        ("closing divs", repeat("</div>")),
        ("open spans", repeat("<span>字")),
        ("open bold", repeat("<b>字")),
        ("open lists", repeat("<ul><li>字")),
        ("open items", repeat("<li>字")),
        ("open anchors", repeat("<a href=x>字")),
        ("mis-nested tags", repeat("<b><i>字</b></i>")),
        ("rows", format!("<table>{}", repeat("<tr><td>字"))),
        ("wide spans", format!("<table>{}", repeat("<tr><td colspan=100 rowspan=100>字"))),
        ("tables in tables", repeat("<table><tr><td>字")),
        ("unclosed tag", repeat("<div ")),
        ("unclosed attribute", repeat("<a href=\"字")),
        ("less-than signs", repeat("<")),
        ("less-than and letter", repeat("<a")),
        ("unclosed comments", repeat("<!--字")),
        ("declarations", repeat("<!字")),
        ("unclosed scripts", repeat("<script>字")),
        ("unclosed titles", repeat("<title>字</")),
        ("ampersands", repeat("&")),
        ("references", repeat("&amp;")),
        ("references without end", repeat("&amp字")),
        ("names joined", format!("我们会向合作方（如{}丙）提供您的手机号码。", repeat("芒栗推送以及"))),
        ("permissions", format!("请允许我们使用{}权限，并收集设备信息。", repeat("位置、收集相机、"))),
        ("members of one list", format!("我们收集您的姓名{}。", repeat(&"、甲乙信息".repeat(20)))),
        ("modals in one member", format!("我们收集您的姓名、{}、乙。", repeat(&"甲会".repeat(20)))),
        ("headings", repeat("一、收集的信息\n我们收集。\n")),
        ("headings alone", repeat("一、收集\n")),
        (
            "headings that count",
            (1..=n).fold(String::new(), |mut s, i| {
                let _ = writeln!(s, "{}. 收集的信息\n我们收集您的手机号码。", i % 900 + 1);
                s
            }),
        ),
        (
            "contents",
            format!(
                "目录\n{0}{0}",
                (1..=n).fold(String::new(), |mut s, i| {
                    let _ = writeln!(s, "{}、收集{i}", i % 900 + 1);
                    s
                })
            ),
        ),
        ("deeper and deeper", repeat("1.1.1.1.1.1.1.1 字\n")),
        ("numbers in one line", repeat("一、收集 （一）注册 1.手机 我们收集您的信息。 ")),
        ("cells in one line", format!("一、收集 二、表格 名称 用途 {}", repeat("南风SDK 推送 "))),
        ("words in one line", repeat("字 ")),
        (
            "unnumbered headings",
            repeat("收集的信息\n\n我们收集您的手机号码，用于登录和找回密码，不会用于其他目的。\n\n"),
        ),
        ("sentences", repeat("我们收集。")),
        ("colons", repeat("我们：\n")),
        ("titles", repeat("隐私政策\n")),
        ("chrome", repeat("首页 登录 注册\n")),
    ]
}

#[test]
fn extremes_keep_every_character_in_every_reader() {
    hold(extremes(1).into_iter().chain(extremes(3)).chain(extremes(200)).map(|(n, s)| (n.to_string(), s)), &FORMATS);
    hold([("empty".to_string(), String::new())], &FORMATS);
}

#[test]
fn the_same_text_gives_the_same_analysis() {
    let texts = files("www/samples", "").into_iter().map(|p| read(&p)).chain(extremes(20).into_iter().map(|e| e.1));
    for source in texts {
        let once = |format| format!("{:?}", analyze(&source, &Options { format, ..Options::default() }).view());
        for format in FORMATS {
            assert_eq!(once(format), once(format));
        }
    }
}

fn time(source: &str, format: Option<Format>) -> Duration {
    let start = Instant::now();
    drop(analyze(source, &Options { format, ..Options::default() }));
    start.elapsed()
}

/// The reader that an extreme is meant for, beside the one that would be chosen.
#[allow(clippy::unnecessary_wraps, reason = "what the option is called with")]
fn reader(source: &str) -> Option<Format> {
    if source.contains('<') {
        Some(Format::Html)
    } else if source.contains(['*', '_', '`', '#', '|', '>', '\\', '[', '-']) {
        Some(Format::Markdown)
    } else {
        Some(Format::Plain)
    }
}

#[test]
fn time_grows_as_the_text_does() {
    let mut report = String::new();
    for ((name, small), (_, large)) in extremes(300).into_iter().zip(extremes(3_000)) {
        for format in [None, reader(&large)] {
            // A quadratic step takes a hundred times as long; the rest is room for a busy machine, which may also need
            // a second chance.
            let slow = |_| {
                let (once, tenfold) = (time(&small, format), time(&large, format));
                tenfold > once * 30 + Duration::from_millis(30)
            };
            if (0..4).all(slow) {
                let _ = writeln!(
                    report,
                    "{name} as {format:?}: {:?}, tenfold {:?}",
                    time(&small, format),
                    time(&large, format)
                );
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn a_megabyte_of_one_character_is_read() {
    for c in ["字", "a", " ", "*", "<", "&", "|", "（", "\n", "1", "#", "\0"] {
        let source = c.repeat(1_000_000 / c.len());
        for format in FORMATS {
            assert_eq!(fault(&source, format), None, "{c:?} as {format:?}");
        }
    }
}
