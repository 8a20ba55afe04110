use super::*;
use crate::lexicon::messages::messages;
use crate::view::*;

fn meta() -> Meta {
    Meta {
        title: "青藤".into(),
        language: "zh-Hans",
        shape: "markdown",
        characters: 9,
        reading_minutes: 3,
        unread: None,
    }
}

/// A policy with one of everything that the reader shows.
fn sample() -> View {
    let section = |i: usize, parent: Option<usize>, number: &str, mark: &str, title: &str| SectionView {
        id: format!("s{i}"),
        parent: parent.map(|p| format!("s{p}")),
        level: if parent.is_some() { 2 } else { 1 },
        number: number.into(),
        mark: mark.into(),
        title: title.into(),
        implicit: i == 0,
        kind: "section",
        anchor: format!("a{i}"),
        ..SectionView::default()
    };
    let clause = |i: usize, section: usize, block: usize, text: &str| ClauseView {
        id: format!("c{i}"),
        section: format!("s{section}"),
        text: text.into(),
        kind: "sentence",
        block,
        runs: vec![Run { text: text.into(), ..Run::default() }],
        ..ClauseView::default()
    };
    let mut view = View {
        schema: 1,
        meta: meta(),
        sections: vec![
            section(0, None, "", "", ""),
            section(1, None, "一", "一、", "收集"),
            section(2, Some(1), "（一）", "（一）", "注册"),
            section(3, Some(1), "", "", "一个没有编号而且题目相当长的小节"),
        ],
        clauses: vec![
            clause(0, 0, 0, "您好。"),
            clause(1, 2, 1, "我们收集身份证号。"),
            clause(2, 2, 1, "其他不收。"),
            clause(3, 2, 2, "（1）甲；"),
            clause(4, 2, 3, "乙。"),
            clause(5, 3, 4, "推送 | 身份证号 | 是"),
        ],
        tables: vec![TableView {
            id: "t0".into(),
            section: "s3".into(),
            columns: vec!["名称".into(), "信息".into(), String::new()],
            rows: vec![vec!["推送".into(), "身份证号".into(), "是".into()]],
            ..TableView::default()
        }],
        ..View::default()
    };
    let run = |text: &str| Run { text: text.into(), ..Run::default() };
    let sensitive = MarkView {
        kind: "sensitive",
        category: Some("specific-identity"),
        context: Some("collect"),
        standards: vec!["pipl-28"],
        ..MarkView::default()
    };
    view.sections[1].sensitive = 2;
    view.sections[2].bolds = 1;
    let point = |text: &str, clause: &str| GistView { text: text.into(), evidence: vec![clause.into()] };
    view.sections[2].gist = vec![point("要身份证。", "c1"), point("不给就用不了。", "c2")];
    let c = &mut view.clauses[1];
    c.bold = vec![[2, 8]];
    c.marks = vec![sensitive.clone()];
    c.runs = vec![
        run("我们"),
        Run { bold: true, ..run("收集") },
        Run { bold: true, marks: vec![0], ..run("身份证号") },
        run("。"),
    ];
    let c = &mut view.clauses[2];
    c.links = vec![
        LinkView { href: "javascript:alert(1)".into(), ..LinkView::default() },
        LinkView { href: "https://example.com/?a=1&b=2".into(), ..LinkView::default() },
    ];
    c.runs = vec![Run { link: Some(0), ..run("其他") }, Run { link: Some(1), ..run("不收。") }];
    view.clauses[3].kind = "item";
    view.clauses[4].kind = "item";
    let c = &mut view.clauses[5];
    c.kind = "row";
    c.row = Some([0, 0]);
    c.marks = vec![sensitive];
    // Cut across the joint on purpose.
    c.runs = vec![run("推"), run("送 | "), Run { marks: vec![0], ..run("身份证号") }, run(" | 是")];
    view.summary = vec![
        LineView { slot: "abroad", text: "没有提到。".into(), absent: true, ..LineView::default() },
        LineView {
            slot: "collect",
            text: "身份证号。".into(),
            evidence: vec!["c1".into(), "c5".into()],
            absent: false,
            tier: 1,
        },
    ];
    view.attention =
        vec![PointView {
            rule: "reads-clipboard", text: "会读取剪贴板内容".into(), evidence: vec!["c3".into()]
        }];
    view.aside = AsideView { contents: vec!["一、收集".into()], noise: vec!["登录".into()] };
    view.notes = vec!["表格是推测的".into()];
    view
}

fn page(view: &View, look: &Look) -> String {
    reader(view, &messages("zh-Hans"), look).markup()
}

fn contains(html: &str, parts: &[&str]) {
    for part in parts {
        assert!(html.contains(part), "{part}\nis not in\n{html}");
    }
}

#[test]
fn the_card_leads_to_its_clauses() {
    let html = card(&sample(), &messages("zh-Hans"), &Look::default()).markup();
    contains(
        &html,
        &[
            "<h2 id=\"policy-title\">青藤</h2>",
            "<li data-slot=\"collect\"><a class=\"row\" href=\"#c1\" data-goto=\"c1\"><span class=\"k\">收集什么</span><span class=\"v\">身<span class=\"nb\">份证号。</span> <span class=\"to\"><span class=\"s\"><span class=\"n\">一（一）</span>注册</span></span></span></a></li>",
            "值得留意</h3>",
            "<li data-rule=\"reads-clipboard\"><a class=\"point\" href=\"#c3\" data-goto=\"c3\">会读取",
            "<summary><span class=\"more\">全部要点（3）</span>",
            "没有写明的</h3><ul role=\"list\"><li data-slot=\"abroad\">没有提到。</li>",
        ],
    );
    let compact = card(&sample(), &messages("zh-Hans"), &Look { compact: true, ..Look::default() }).markup();
    contains(&compact, &["class=\"card compact\"", "data-slot=\"collect\""]);
    assert!(!compact.contains("<details") && !compact.contains("abroad"), "the first tier alone: {compact}");
}

#[test]
fn the_card_alone_leads_to_another_page() {
    let look = Look { href: "/privacy?x=1#top".into(), ..Look::default() };
    let html = card(&sample(), &messages("en"), &look).markup();
    contains(&html, &["href=\"/privacy?x=1#c1\"", "href=\"/privacy?x=1#top\">Full text, 3 min</a></footer>"]);
    let look = Look { href: "javascript:alert(1)".into(), ..Look::default() };
    let html = card(&sample(), &messages("en"), &look).markup();
    assert!(!html.contains("javascript"), "{html}");
}

#[test]
fn sections_nest_and_marks_stand_where_they_are() {
    let html = page(&sample(), &Look::default());
    contains(
        &html,
        &[
            "<details class=\"section l1\" part=\"section\" id=\"a0\" data-id=\"s0\" open=\"\"><summary class=\"head\"><h3 class=\"title\"><span class=\"t\">引言</span></h3>",
            "<span class=\"n\">一、</span><span class=\"t\">收集</span></h3><span class=\"tally\"><span class=\"s\">敏感 2</span><span class=\"a\">留意 1</span></span></summary><details class=\"section l2\"",
            "我们<strong class=\"bold\">收集</strong><strong class=\"bold\"><mark class=\"sensitive\">身份证号</mark></strong>。<span class=\"tag s\" data-tag=\"特定身份·收集\"",
            "<span class=\"clause\" id=\"c2\">其他<a href=\"https://example.com/?a=1&amp;b=2\" rel=\"noopener noreferrer\">不收。</a></span></p>",
            "<ul class=\"items\" role=\"list\"><li><span class=\"clause has-attention\" id=\"c3\">（1）甲；<span class=\"tag a\" data-tag=\"剪贴板\"",
            "<li class=\"bullet\">",
            "<th scope=\"col\">信息</th><td></td></tr></thead>",
            "</span></td><td><mark class=\"sensitive\">",
            "</mark></td><td>是</td></tr>",
            "<details class=\"aside\"",
        ],
    );
    assert!(!html.contains("javascript"), "a link that is not safe is text: {html}");
    assert!(!html.contains("<button"), "no control without a script");
}

#[test]
fn text_goes_on_behind_the_sections_in_it() {
    let mut view = sample();
    let after = |i: usize, text: &str| ClauseView {
        id: format!("c{i}"),
        section: "s1".into(),
        text: text.into(),
        kind: "sentence",
        block: i,
        runs: vec![Run { text: text.into(), ..Run::default() }],
        ..ClauseView::default()
    };
    view.clauses.insert(5, after(5, "两节之间。"));
    view.clauses.push(after(7, "两节之后。"));
    if let Some(row) = view.clauses.get_mut(6) {
        row.id = "c6".into();
    }
    let order = ["乙。", "两节之间。", "一个没有编号", "推送", "两节之后。"];
    for text in [page(&view, &Look { open: Open::All, ..Look::default() }), crate::keep::text(&view)] {
        let text = text.rsplit_once("您好。").map_or("", |(_, rest)| rest);
        let places: Vec<_> = order.iter().map(|part| text.find(part)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}: {text}");
    }
}

#[test]
fn a_row_is_tagged_in_its_first_cell() {
    let mut view = sample();
    view.attention[0].evidence = vec!["c5".into()];
    let html = page(&view, &Look::default());
    let row = html.split("id=\"c5\"").nth(1).unwrap().split("</td>").next().unwrap();
    contains(
        row,
        &["<td>推送<span class=\"tag s\" data-tag=\"特定身份·收集\"", "<span class=\"tag a\" data-tag=\"剪贴板\""],
    );
}

#[test]
fn cells_keep_their_marks_where_empty_ones_left_no_trace() {
    let cell = "<mark class=\"sensitive\">身份证号</mark></td>";
    for (row, text, html) in [
        (["", "身份证号", "是"], "身份证号 | 是", format!("<td></td><td>{cell}<td>是</td>")),
        (["", "身份证号", "是"], " | 身份证号 | 是", format!("<td></td><td>{cell}<td>是</td>")),
        (["甲", "身份证号", ""], "甲 | 身份证号", format!("<td>甲</td><td>{cell}<td></td>")),
        (["甲", "乙", ""], "身份证号", "<td>甲</td><td>乙</td><td></td>".into()),
    ] {
        let mut view = sample();
        view.tables[0].rows[0] = row.map(Into::into).to_vec();
        let run = |text: &str| Run { text: text.into(), ..Run::default() };
        let (before, after) = text.split_once("身份证号").unwrap();
        view.clauses[5].text = text.into();
        view.clauses[5].runs = vec![run(before), Run { marks: vec![0], ..run("身份证号") }, run(after)];
        view.clauses[5].runs.retain(|r| !r.text.is_empty());
        let shown = page(&view, &Look::default());
        // Its tag stands in the first cell, whatever that holds.
        let tag = shown.find("<span class=\"tag s\"").and_then(|_| shown.rsplit_once("<span class=\"tag s\""));
        let bare = tag.map_or(shown.clone(), |(before, after)| {
            format!("{before}{}", after.split_once("</span>").map_or("", |(_, rest)| rest))
        });
        contains(&bare, &[&html]);
    }
}

#[test]
fn three_points_stand_in_the_first_tier_and_good_ones_apart() {
    let mut view = sample();
    let point = |rule| PointView { rule, text: "某点".into(), evidence: vec!["c4".into()] };
    view.clauses[4].marks = vec![MarkView { kind: "attention", rule: Some("reply-time"), ..MarkView::default() }];
    view.good = vec![point("reply-time")];
    view.attention = vec![point("new-rule"); 5];
    let html = page(&view, &Look::default());
    let (first, rest) = html.split_once("<details class=\"all\"").unwrap();
    assert_eq!(first.matches("data-rule=\"new-rule\"").count(), 3);
    assert_eq!(rest.matches("data-rule=\"new-rule\"").count(), 2);
    contains(rest, &["还可留意</h3>", "写得清楚的地方</h3><ul role=\"list\"><li data-rule=\"reply-time\"><a"]);
    view.attention.clear();
    let html = page(&view, &Look { controls: true, ..Look::default() });
    assert!(!html.contains("has-attention") && !html.contains("k-attention"), "what is good is not marked as a risk");
}

#[test]
fn a_run_in_heading_is_said_once_in_full_ink() {
    let mut view = sample();
    let c = &mut view.clauses[1];
    let run = |text: &str, bold| Run { text: text.into(), bold, ..Run::default() };
    c.text = "（一） 注册：要手机号。".into();
    c.marks.clear();
    c.runs = vec![run("（一） 注", true), run("册：要手机号。", false)];
    let said = "<span class=\"again\"><strong class=\"bold\">（一） 注</strong>册：</span>要手机号。</span>";
    contains(&page(&view, &Look::default()), &[said]);
    for other in ["（一）注册", "（一） 注册：", "注册：要手机号。", "（一）登记：要手机号。"]
    {
        view.clauses[1].text = other.into();
        view.clauses[1].runs = vec![run(other, false)];
        assert!(!page(&view, &Look::default()).contains("again"), "{other}");
    }
}

#[test]
fn controls_only_for_what_is_there() {
    let look = Look { controls: true, ..Look::default() };
    let html = page(&sample(), &look);
    contains(
        &html,
        &["data-switch=\"sensitive\"", "敏感信息 <b>2</b>", "data-switch=\"bold\"", "data-switch=\"attention\""],
    );
    let mut view = sample();
    view.clauses.iter_mut().for_each(|c| c.bold.clear());
    assert!(!page(&view, &look).contains("data-switch=\"bold\""));
}

#[test]
fn which_sections_are_open() {
    let mut view = sample();
    let opened = |view: &View, open| {
        page(view, &Look { open, show: Show::Outline, ..Look::default() }).matches(" open=").count()
    };
    assert_eq!([Open::None, Open::First, Open::All, Open::Short].map(|open| opened(&view, open)), [0, 2, 4, 4]);
    view.meta.characters = 30_000;
    assert_eq!(opened(&view, Open::Short), 0, "a long text starts with its headings");
}

#[test]
fn the_policys_words_are_said_to_be_in_its_language() {
    let view = sample();
    assert_eq!(page(&view, &Look::default()).matches(" lang=").count(), 1);
    let html = reader(&view, &messages("en"), &Look::default()).markup();
    contains(
        &html,
        &[
            "<div class=\"text\" part=\"text\" id=\"policy-text\" lang=\"zh-Hans\">",
            "<h2 id=\"policy-title\" lang=\"zh-Hans\">青藤",
        ],
    );
}

#[test]
fn a_standard_decides_what_is_sensitive() {
    for (standard, marked) in [("", 2), ("pipl-28", 2), ("gbt-45574", 0)] {
        let html = page(&sample(), &Look { standard: standard.into(), open: Open::All, ..Look::default() });
        assert_eq!(html.matches("<mark class=\"sensitive").count(), marked, "{standard}");
        assert_eq!(html.matches("class=\"tag s").count(), marked, "{standard}");
        assert_eq!(html.contains("敏感 "), marked > 0, "{standard}");
    }
}

#[test]
fn what_is_no_policy_gets_a_sentence_and_no_card() {
    let mut view = sample();
    let unread = |code| Some(UnreadView { code, text: "不像。".into() });
    view.meta.unread = unread("no-policy");
    let html = page(&view, &Look::default());
    assert!(html.contains("<p class=\"note\">不像。</p>") && !html.contains("class=\"card"), "{html}");
    let html = page(&view, &Look { controls: true, ..Look::default() });
    assert!(!html.contains("不像。") && !html.contains("class=\"card"), "the element says it: {html}");
    view.meta.unread = unread("language");
    contains(&page(&view, &Look::default()), &["<section class=\"card\"", "<p class=\"note\">不像。</p>"]);
}

#[test]
fn a_heading_holds_the_button_of_its_part_which_is_made_when_it_is_wanted() {
    let look = Look { controls: true, open: Open::None, ..Look::default() };
    let (view, messages) = (sample(), messages("zh-Hans"));
    let html = page(&view, &look);
    assert!(html.contains("data-wait=\"1\"></div>") && !html.contains("id=\"s2-part\""), "{html}");
    let order = Order::of(&view);
    let shown = Shown::new(&view, &messages, &look, &order);
    let made = (0..4).flat_map(|at| shown.section(at)).map(|node| node.markup()).collect::<String>();
    let html = html + &made;
    contains(
        &html,
        &[
            "<h4 class=\"title\"><button type=\"button\" aria-expanded=\"false\" aria-controls=\"s2-part\" data-action=\"toggle\"><span class=\"n\">（一）</span><span class=\"t\">注册</span></button></h4>",
            "<p class=\"glimpse\">要身份证。 不给就用不了。</p></div><div class=\"body\" id=\"s2-part\" hidden=\"until-found\" data-wait=\"2\"></div>",
            "<button class=\"tag s\" data-tag=\"特定身份·收集\" type=\"button\" data-tell=\"c1\" aria-label=\"特定身份·收集，详细\"",
            "<dialog class=\"drawer\"",
            "<span class=\"count\" role=\"status\">",
        ],
    );
    contains(
        &page(&sample(), &Look { controls: true, open: Open::All, ..Look::default() }),
        &["<div class=\"body\" id=\"s2-part\"><p>"],
    );
}

#[test]
fn a_tag_names_two_categories_a_context_and_tells_all_when_asked() {
    let mut view = sample();
    let mark = |category, context| MarkView {
        kind: "sensitive",
        category: Some(category),
        context: Some(context),
        ..MarkView::default()
    };
    view.clauses[1].marks = vec![
        mark("biometric", "collect"),
        mark("religion", "collect"),
        mark("minors", "collect"),
        mark("biometric", "collect"),
        mark("religion", "deny"),
    ];
    contains(&page(&view, &Look::default()), &["data-tag=\"生物识别、宗教信仰…·收集；宗教信仰·声明不做\""]);
    let (view, messages, look) = (sample(), messages("zh-Hans"), Look::default());
    let order = Order::of(&view);
    let tag = |id| Shown::new(&view, &messages, &look, &order).tag(id).map(|node| node.markup());
    let told = tag("c1").unwrap();
    contains(
        &told,
        &["<dd>特定身份 · 收集</dd>", "<dd>身份证号</dd>", "<dd>《个人信息保护法》第二十八条</dd>", "data-copy=\"c1\""],
    );
    let told = tag("c3").unwrap();
    contains(&told, &["<dd>会读取剪贴板内容</dd>"]);
    assert_eq!(tag("c99"), None);
}

#[test]
fn every_character_of_every_clause_is_shown_once() {
    let html = page(&sample(), &Look { show: Show::Outline, ..Look::default() });
    for text in ["您好。", "（1）甲；", "乙。", "推送", "身份证号</mark></td>"] {
        assert_eq!(html.matches(text).count(), 1, "{text}");
    }
}

#[test]
fn a_long_section_opens_with_its_key_points() {
    let mut view = sample();
    let gist = "<div class=\"gist\" part=\"gist\"><b>要点</b><ul role=\"list\"><li><a href=\"#c1\" data-goto=\"c1\">要身份证。</a></li><li><a href=\"#c2\" data-goto=\"c2\">不给就用不了。</a></li></ul></div><p>";
    assert!(!page(&view, &Look::default()).contains("gist"), "four clauses are read as fast");
    let more = ["c6", "c7"].map(|id| ClauseView { id: id.into(), text: "多。".into(), ..view.clauses[2].clone() });
    view.clauses.extend(more);
    contains(&page(&view, &Look::default()), &[gist]);
    view.sections[2].gist.pop();
    assert!(!page(&view, &Look::default()).contains("gist"), "one point is the clause itself");
}

#[test]
fn nothing_that_a_policy_says_becomes_markup() {
    let evil = "<img src=x onerror=alert(1)>\"'&";
    let mut view = sample();
    view.meta.title = evil.into();
    for s in &mut view.sections {
        (s.title, s.mark, s.number, s.anchor) = (evil.into(), evil.into(), evil.into(), evil.into());
        s.gist = vec![GistView { text: evil.into(), evidence: vec!["c0".into()] }; 2];
    }
    for c in &mut view.clauses {
        c.text = evil.into();
        c.links = vec![LinkView { href: evil.into(), ..LinkView::default() }];
        c.runs = vec![Run { text: evil.into(), bold: true, link: Some(0), marks: vec![0] }];
    }
    view.tables[0] = TableView {
        columns: vec![evil.into()],
        rows: vec![vec![evil.into()]],
        caption: evil.into(),
        ..TableView::default()
    };
    view.summary[1].text = evil.into();
    view.attention[0].text = evil.into();
    view.facts.controller =
        Some(ControllerView { value: evil.into(), evidence: vec!["c0".into()], ..ControllerView::default() });
    view.facts.dates.updated = Some(Stated { value: evil.into(), evidence: vec!["c0".into()] });
    view.aside = AsideView { contents: vec![evil.into()], noise: vec![evil.into()] };
    view.notes = vec![evil.into()];
    let html = page(&view, &Look { controls: true, ..Look::default() });
    assert!(html.matches("&lt;img").count() > 20);
    assert!(!html.contains("<img"), "{html}");
    assert!(!html.contains("\"'&\""), "{html}");
}

#[test]
fn two_readers_on_a_page_do_not_meet() {
    let html = page(&sample(), &Look { prefix: "b-".into(), controls: true, ..Look::default() });
    let values = |name: &str| -> Vec<String> {
        html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
    };
    let ids = values("id");
    assert!(ids.len() > 8 && ids.iter().all(|id| id.starts_with("b-")), "{ids:?}");
    let own = values("href").into_iter().filter(|href| !href.starts_with("https:"));
    assert!(own.clone().count() > 6);
    for href in own {
        assert!(ids.iter().any(|id| href == format!("#{id}")), "{href} leads nowhere");
    }
}

#[test]
fn places_are_named_as_printed() {
    let mut view = sample();
    let m = messages("zh-Hans");
    let place = |view: &View, id: &str| {
        let order = Order::of(view);
        let index = index::Index::new(view, &m, &order);
        index.place(id).map(|place| (place.number, place.title.to_owned()))
    };
    assert_eq!(place(&view, "c0"), Some((String::new(), "引言".into())));
    assert_eq!(place(&view, "c1"), Some(("一（一）".into(), "注册".into())));
    assert_eq!(place(&view, "c99"), None);
    view.sections[1].number = "3".into();
    for (number, label) in [("3.1", "3.1"), ("2", "3.2"), ("a", "3a"), ("（2）", "3（2）")] {
        view.sections[2].number = number.into();
        view.sections[2].mark = format!("{number} ");
        assert_eq!(place(&view, "c1").unwrap().0.trim(), label);
    }
    view.sections[2].number = "长".repeat(30);
    assert_eq!(place(&view, "c1").unwrap().0, "");
}

#[test]
fn a_deep_or_wrong_outline_stays_flat_enough() {
    let mut view = View::default();
    for i in 0..5000_usize {
        view.sections.push(SectionView {
            id: format!("s{i}"),
            parent: Some(format!("s{}", i.wrapping_sub(1))),
            anchor: format!("a{i}"),
            ..SectionView::default()
        });
    }
    // A parent that comes later is none.
    view.sections[3].parent = Some("s4".into());
    let html = page(&view, &Look::default());
    assert_eq!(html.matches("<details class=\"section").count(), 5000);
}

/// The sample with something to list and to check.
fn listed() -> View {
    let mut view = sample();
    view.facts.data_items = vec![
        DataItemView {
            item: "身份证号".into(),
            purpose: Some("核对身份".into()),
            evidence: vec!["c1".into(), "c2".into(), "c5".into()],
            ..DataItemView::default()
        },
        DataItemView { item: "<i>头像".into(), evidence: vec!["c3".into()], ..DataItemView::default() },
    ];
    view.facts.third_parties = vec![RecipientView {
        name: "推送".into(),
        url: Some("javascript:alert(1)".into()),
        evidence: vec!["c5".into()],
        ..RecipientView::default()
    }];
    let check = |item, law, verdict, evidence: &[&str]| CheckView {
        item,
        law,
        verdict,
        evidence: evidence.iter().map(|id| (*id).to_owned()).collect(),
    };
    view.checklist = vec![
        check("retention", "PIPL 17(1)(2), 19, NDSR 21(1)(3)", "stated", &["c1"]),
        check("close-account", "PIPL 47, App 2019-191 (6)", "check", &[]),
        check("officer", "PIPL 52", "not-mentioned", &[]),
    ];
    view
}

#[test]
fn tabs_stand_where_there_is_something_to_list() {
    let look = Look { controls: true, ..Look::default() };
    let html = page(&listed(), &look);
    contains(&html, &["<div class=\"tabs\" data-counts=\"3 1 3\"></div>"]);
    // What they hold is made when somebody asks for it.
    assert!(!html.contains("核对身份"));
    assert!(!page(&sample(), &look).contains("class=\"tabs\""));
    assert!(!page(&listed(), &Look::default()).contains("class=\"tabs\""), "nothing turns a page without a script");
    let mut unread = listed();
    unread.meta.unread = Some(UnreadView { code: "language", text: "t".into() });
    assert!(!page(&unread, &look).contains("class=\"tabs\""));
}

#[test]
fn each_cell_of_a_list_leads_to_its_clause_and_an_open_one_says_so() {
    let look = Look { controls: true, prefix: "b-".into(), ..Look::default() };
    let html = lists::pane(&listed(), &messages("zh-Hans"), &look, "lists").markup();
    let cell = |text: &str| format!("<a class=\"cell\" href=\"#b-c1\" data-goto=\"c1\" tabindex=\"-1\">{text}</a>");
    contains(&html, &[&cell("身份证号"), &cell("核对身份"), "<td role=\"cell\" data-k=\"目的\">", "&lt;i&gt;头像"]);
    contains(&html, &["<span class=\"open\">未读到</span>", "data-sort=\"purpose\">目的</button>"]);
    // A column of which nothing was read is named once, what is under no standard is none.
    contains(&html, &["没有读到这几栏：类别、是否必需</p>", "没有读到这几栏：公司、目的、涉及的信息、平台</p>"]);
    assert!(!html.contains("data-k=\"类别\"") && !html.contains("依据"), "{html}");
    // Each place once, by its number and title; an address that would run is a text.
    assert_eq!(html.matches("一（一）</span>注册</span></a>").count(), 2, "{html}");
    assert!(html.contains(">javascript:alert(1)</td>"), "{html}");
    contains(&html, &["data-list=\"permissions\" hidden=\"\"><div class=\"listed\"><p class=\"none\">没有读到。"]);
}

#[test]
fn a_checklist_quotes_what_it_rests_on_and_names_the_law() {
    let look = Look { controls: true, ..Look::default() };
    let html = lists::pane(&listed(), &messages("zh-Hans"), &look, "checklist").markup();
    let law = "《个人信息保护法》第17条第1款第2项、第19条；《网络数据安全管理条例》第21条第1款第3项";
    let app = "《个人信息保护法》第47条；《App违法违规收集使用个人信息行为认定方法》第6条";
    contains(&html, &[law, app, "“我们收集身份证号。”", "<li class=\"stated\" data-verdict=\"stated\">", "不评分"]);
    contains(&html, &["data-verdict=\"not-mentioned\">未提及 <span class=\"num\">1</span>", "通读全文没有找到。"]);
    assert_eq!(html.matches("<li ").count(), 3);
    let mut view = listed();
    view.clauses[1].text = "长".repeat(100);
    let html = lists::pane(&view, &messages("en"), &look, "checklist").markup();
    contains(&html, &[&format!("“{}…”", "长".repeat(72)), "PIPL art. 17(1)(2), art. 19; Network Data"]);
    let still = Node::from(lists::all(&listed(), &messages("zh-Hans"))).markup();
    assert!(still.contains("<h2>已收集个人信息清单</h2>") && !still.contains("<button"), "{still}");
}
