//! What is marked, in which context, and what is pointed out. The sentences are our own.

use policy_reader::annotations::{self, Category, Context, Kind, Known, Mark, Place, Point, explain};
use policy_reader::lexicon::{self, Reading};
use policy_reader::practices;
use std::collections::BTreeSet;

const SENSITIVE: &str = include_str!("../data/zh/sensitive.examples.txt");
const CONTEXT: &str = include_str!("../data/zh/context.examples.txt");
const ATTENTION: &str = include_str!("../data/zh/attention.txt");

/// The `[part]` and the line under it, for each line that is no comment.
fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut part = "";
    text.lines().filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            part = name;
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((part, line))
    })
}

fn find(places: &[Place<'_>]) -> Vec<Mark> {
    policy_reader::steps::all(annotations::find(&|i| places.get(i).copied(), &|_, text| Reading::new(text)))
}

/// The points of a policy that states who is responsible and how to reach them.
fn points<'a>(places: &dyn Fn(usize) -> Option<Place<'a>>, marks: &[Mark]) -> Vec<Point> {
    annotations::points(places, &mut marks.to_vec(), Known { contacts: true, company: true, periods: &[] })
}

fn place<'a>(text: &'a str, headings: &'a [&'a str]) -> Place<'a> {
    Place { text, headings, practices: practices::sentence(text).leak(), ..Place::default() }
}

fn sensitive(marks: &[Mark]) -> Vec<(usize, Category, Context)> {
    let kind = |m: &Mark| match m.kind {
        Kind::Sensitive { category, context, .. } => Some((m.clause, category, context)),
        Kind::Attention { .. } => None,
    };
    marks.iter().filter_map(kind).collect()
}

fn rules(marks: &[Mark]) -> BTreeSet<&'static str> {
    let rule = |m: &Mark| match m.kind {
        Kind::Attention { rule, .. } => Some(rule),
        Kind::Sensitive { .. } => None,
    };
    marks.iter().filter_map(rule).collect()
}

#[test]
fn terms_and_look_alikes() {
    let mut seen = BTreeSet::new();
    for (group, line) in lines(SENSITIVE) {
        let category = group.split('.').nth(1).expect("a category");
        let (sign, text) = line.split_once(' ').expect("a sign and a sentence");
        let marks = find(&[place(text, &[])]);
        let marked = sensitive(&marks).iter().any(|(_, c, _)| c.as_str() == category);
        assert_eq!(marked, sign == "+", "[{group}] {line}\n{:#?}", explain(&place(text, &[])));
        seen.insert((group, sign));
    }
    for (name, group) in lexicon::groups("sensitive.") {
        if lexicon::settings(group).any(|(key, _)| key == "standards") {
            assert!(seen.contains(&(name, "+")) && seen.contains(&(name, "-")), "[{name}] has no examples");
        }
    }
}

#[test]
fn contexts() {
    let mut wrong = Vec::new();
    for (context, line) in lines(CONTEXT) {
        let parts: Vec<&str> = line.split(" > ").collect();
        let (heading, lead, text) = match parts.as_slice() {
            [heading, text] => (*heading, None, *text),
            [heading, lead, text] => (*heading, Some(*lead), *text),
            _ => panic!("{line}"),
        };
        let headings = [heading];
        let place = Place { lead, ..place(text, &headings) };
        let marks = find(&[place]);
        let found: BTreeSet<&str> = sensitive(&marks).iter().map(|(.., x)| x.as_str()).collect();
        if found != BTreeSet::from([context]) {
            wrong.push(format!("{context} {line}: {:?}", explain(&place)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The examples of attention.txt: rule, whether it fires, and the sentence.
fn examples() -> impl Iterator<Item = (&'static str, bool, &'static str)> {
    lines(ATTENTION).filter_map(|(group, line)| {
        let rule = group.strip_prefix("attention.")?;
        let (sign, text) = line.split_once(' ')?;
        matches!(sign, "+" | "-").then_some((rule, sign == "+", text))
    })
}

/// An example's place: a bar makes it a row, a lead-in may stand before it.
fn example(text: &'static str) -> Place<'static> {
    let (lead, text) = text.split_once(" > ").map_or((None, text), |(lead, text)| (Some(lead), text));
    Place { lead, columns: text.contains(" | ").then_some(&[][..]), ..place(text, &[]) }
}

#[test]
fn attention_rules() {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for (rule, fires, text) in examples() {
        let found = rules(&find(&[example(text)]));
        if found.contains(rule) != fires {
            wrong.push(format!("[{rule}] {fires} {text}: {found:?}"));
        }
        seen.insert((rule, fires));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (name, _) in lexicon::groups("attention.") {
        let rule = name.strip_prefix("attention.").expect("a rule");
        if !rule.contains('.') && rule != "contradiction" {
            assert!(seen.contains(&(rule, true)) && seen.contains(&(rule, false)), "[{rule}] has no examples");
        }
    }
}

#[test]
fn a_chapter_of_definitions_may_hold_other_sections() {
    let text = "包括身份证号码、银行卡号。";
    let contexts = |headings: &[&str]| -> Vec<Context> {
        sensitive(&find(&[place(text, headings)])).iter().map(|(.., x)| *x).collect()
    };
    assert_eq!(contexts(&["名词解释", "个人敏感信息"]), [Context::Define; 2], "its heading names what is defined");
    assert_eq!(contexts(&["名词解释", "注册账号"]), [Context::Collect; 2], "its heading names something else");
}

#[test]
fn a_table_row_takes_its_context_from_the_column_heads() {
    let text = "地图组件 | 某图公司 | 位置信息、通讯录";
    let headings = ["我们如何收集信息"];
    let row = |columns| Place { columns: Some(columns), ..place(text, &headings) };
    let shared = find(&[row(&["第三方名称", "公司", "信息"])]);
    let collected = find(&[row(&["功能", "说明", "信息"])]);
    assert_eq!(
        sensitive(&shared),
        [(0, Category::LocationTracking, Context::Share), (0, Category::Communications, Context::Share)]
    );
    assert!(sensitive(&collected).iter().all(|(.., x)| *x == Context::Collect));
}

#[test]
fn terms_of_one_category_in_a_list_are_one_mark() {
    let text = "我们会收集您的身份证、护照、驾驶证和银行卡号。";
    let marks = find(&[place(text, &[])]);
    let marks = marks.iter().filter(|m| matches!(m.kind, Kind::Sensitive { .. }));
    let spans: Vec<&str> = marks.map(|m| &text[m.start..m.end]).collect();
    assert_eq!(spans, ["身份证、护照、驾驶证", "银行卡号"]);
}

#[test]
fn standards_differ() {
    let standards = |text: &str| match find(&[place(text, &[])])[0].kind {
        Kind::Sensitive { standards, .. } => standards,
        Kind::Attention { .. } => 0,
    };
    assert_eq!(standards("我们收集身份证号码。"), 0b011, "document numbers are gone from GB/T 45574");
    assert_eq!(standards("我们收集身份证照片。"), 0b111);
    assert_eq!(standards("我们收集通话记录。"), 0b010);
}

#[test]
fn a_definition_goes_on_through_its_list() {
    let texts = ["敏感信息包括：", "身份证明（如护照）；", "其他（如通讯录、手机号码）。", "我们会收集您的位置信息。"];
    let places: Vec<Place<'_>> = texts.iter().map(|t| place(t, &["总则"])).collect();
    let found = sensitive(&find(&places));
    let context = |clause| found.iter().filter(|(c, ..)| *c == clause).map(|(.., x)| *x).collect::<BTreeSet<_>>();
    assert_eq!(context(1), BTreeSet::from([Context::Define]));
    assert_eq!(context(2), BTreeSet::from([Context::Define]));
    assert!(found.iter().any(|(c, k, _)| (*c, *k) == (2, Category::Other)), "a number in a list of sensitive data");
    assert_eq!(context(3), BTreeSet::from([Context::Collect]));
}

#[test]
fn a_promise_beside_its_breach_is_a_contradiction() {
    let at = |texts: &[&str]| {
        let places: Vec<Place<'_>> = texts.iter().map(|t| place(t, &["我们如何收集信息"])).collect();
        let marks = find(&places);
        points(&|i| places.get(i).copied(), &marks).into_iter().find(|p| p.rule == "contradiction").map(|p| p.clauses)
    };
    let breach = "开通门禁时，我们会采集您的人脸信息。";
    assert_eq!(at(&["我们绝不收集您的生物特征。", "我们收集昵称。", breach]), Some(vec![0, 2]));
    assert_eq!(at(&["如您拒绝，我们不会收集您的生物特征。", breach]), None, "a conditional promise");
    assert_eq!(at(&["我们不会向第三方提供您的人脸信息。", breach]), None, "a promise not to share");
    assert_eq!(at(&["我们不会收集您的精确位置。", "我们会收集您的大致位置。"]), None, "not the same");
}

#[test]
fn a_point_says_what_its_clause_says_more() {
    let said = |text: &str, rule: &str| {
        let places = [place(text, &[])];
        let marks = find(&places);
        points(&|i| places.get(i).copied(), &marks).into_iter().find(|p| p.rule == rule).map(|p| p.said)
    };
    let profile = "我们会把难以识别您身份的用户画像与广告服务商共享。";
    assert_eq!(said(profile, "profile-shared"), Some(".anonymous"));
    assert_eq!(said("我们会把用户画像与广告服务商共享。", "profile-shared"), Some(""));
    assert_eq!(said("送餐时，我们会收集骑手的行踪轨迹。", "precise-or-background-location"), Some(".track"));
    assert_eq!(said("送餐时，我们会收集骑手的精确位置。", "precise-or-background-location"), Some(""));
    assert_eq!(said("第三方SDK会收集您的设备信息。", "sdk-collects"), Some(".kit"));
    assert_eq!(said("第三方可能会收集您的设备信息。", "sdk-collects"), Some(""), "it may be no kit");
    assert_eq!(said("我们会在15日内反馈您的投诉与举报。", "reply-time"), Some(".complaint"));
    assert_eq!(said("我们会在15日内答复您的请求。", "reply-time"), Some(""), "all of them");
    assert_eq!(said("注销后不可恢复，余额作废。", "closure"), Some(".balance"), "the parts of a frame say nothing");
}

#[test]
fn points_have_at_most_five_clauses_of_different_words() {
    let texts = [
        "启动应用时，我们会读取剪贴板内容。",
        "启动应用时，我们会读取剪贴板内容。",
        "分享到别处时，我们会访问剪贴板。",
        "登录到账号时，我们会读取您的剪贴板。",
        "付款到商家时，我们会读取您的剪贴板。",
        "搜索时，我们会读取您的剪贴板。",
        "下单时，我们会读取您的剪贴板。",
    ];
    let places: Vec<Place<'_>> = texts.iter().map(|t| place(t, &["收集"])).collect();
    let found = points(&|i| places.get(i).copied(), &find(&places));
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule, &found[0].clauses[..], found[0].good), ("reads-clipboard", &[0, 2, 3, 4, 5][..], false));
}

#[test]
fn many_points_are_cut_to_what_is_read() {
    let places: Vec<Place<'_>> = examples().filter(|e| e.1).map(|e| example(e.2)).collect();
    let every: Vec<usize> = (0..places.len()).collect();
    let known = Known { contacts: false, company: false, periods: &every };
    let found = annotations::points(&|i| places.get(i).copied(), &mut find(&places), known);
    assert_eq!((found.len(), found.iter().filter(|p| p.good).count()), (28, 4));
    assert!(found.iter().any(|p| p.good) && found.iter().all(|p| !p.clauses.is_empty() && p.clauses.len() <= 5));
}

#[test]
fn marks_stay_in_bounds_whatever_the_text() {
    let hostile =
        ["", "\u{0}", "人脸", "🙂人脸🙂、指纹", "｜｜｜", "身\u{200b}份证", "不会不会不会收集", "《【敏感个人信息"];
    let places: Vec<Place<'_>> = hostile.iter().map(|t| place(t, &["", "定义"])).collect();
    for mark in find(&places) {
        assert!(hostile[mark.clause].get(mark.start..mark.end).is_some_and(|t| !t.is_empty()));
    }
}

#[test]
fn time_is_linear_in_one_endless_sentence() {
    for unit in ["不会收集人脸", "人脸、", "您可以删除位置信息", "敏感个人信息", "第三方收集银行卡等", "浏览"]
    {
        let text = unit.repeat(10_000);
        let started = std::time::Instant::now();
        let places = [place(&text, &["我们如何收集信息"])];
        let marks = find(&places);
        assert!(points(&|i| places.get(i).copied(), &marks).len() <= 24);
        assert!(started.elapsed().as_secs() < 20, "{unit}: {:?}", started.elapsed());
    }
}

#[test]
fn explanations_name_the_reason() {
    let text = "软件特征信息不含您的人脸信息，我们不会收集指纹。";
    let lines = explain(&place(text, &[]));
    assert!(
        lines.iter().any(|l| l.starts_with("指纹: biometric") && l.contains("as deny: what is done")),
        "{lines:#?}"
    );
    let lines = explain(&place("您在使用打赏、虚拟财产等功能时须遵守公约。", &[]));
    assert!(lines.iter().any(|l| l.contains("not financial-account")), "{lines:#?}");
}

#[test]
fn practices_say_what_is_done_whatever_the_heading() {
    let cases = [
        (
            "话题与信息分享",
            "当您发布内容时，我们会获取您的位置信息。",
            Context::Collect,
            "our own verb, a chapter on sharing",
        ),
        ("话题与信息分享", "当您发布内容时，我们会开启定位权限。", Context::Collect, "a permission that is asked for"),
        ("权限", "例如位置信息、通讯录，关闭或拒绝授权不影响使用。", Context::Right, "only what may be refused"),
        (
            "说明",
            "我们不采集和保存您的以下信息：宗教信仰、指纹。",
            Context::Deny,
            "a list behind a colon is denied, too",
        ),
        ("安全", "我们会将您的银行卡号提供给清算机构。", Context::Share, "somebody gets it, a chapter on safety"),
        (
            "广告",
            "未经您授权，我公司不会将您的信息（例如身份证号码，可以识别您）与广告商共享。",
            Context::Deny,
            "withheld",
        ),
        ("未成年人保护", "我们可能需要向您收集被监护的儿童个人信息。", Context::Collect, "asked of the guardian"),
        ("未成年人保护", "如果我们发现误收集了儿童个人信息，会尽快删除。", Context::Protect, "learnt, not done"),
        ("统计", "该SDK收集型号，并通过地理位置校准报表。", Context::Use, "a means, whoever uses it"),
        (
            "支付",
            "付款信息（不会获取支付密码以外的内容），由我们收集银行卡号。",
            Context::Collect,
            "denied in the bracket only",
        ),
        ("概述", "这些个人信息包括您的交易记录，我们会汇总。", Context::Collect, "points back, defines nothing"),
    ];
    for (heading, text, context, why) in cases {
        let headings = [heading];
        let found: Vec<Context> = sensitive(&find(&[place(text, &headings)]))
            .iter()
            .filter(|m| m.1 != Category::Credentials)
            .map(|m| m.2)
            .collect();
        assert!(!found.is_empty() && found.iter().all(|x| *x == context), "{why}: {found:?} {text}");
    }
}

#[test]
fn a_rule_wants_its_words_in_order_near_and_said_by_the_right_one() {
    let cases = [
        ("consent-by-use", "您一旦登录，即视为同意本协议。", true, "in order"),
        ("consent-by-use", "您同意本协议，即视为可以登录。", false, "the other way round"),
        ("all-or-nothing", "不同意的，请停止使用。", true, "near"),
        (
            "all-or-nothing",
            "不同意的，请写信给客服，客服会在三个工作日之内告诉您可以怎样做，也会告诉您哪些地方可以调整，另外您也会收到一份说明，其中写明怎样停止使用。",
            false,
            "too far away",
        ),
        ("sole-discretion", "我们保留随时修改本协议的权利。", true, "we"),
        ("sole-discretion", "您可以随时修改本协议中的地址。", false, "the reader"),
        (
            "sole-discretion",
            "当您登录时，我们有权自行决定展示什么。",
            true,
            "the reader only in the clause that tells when",
        ),
        ("affiliates", "我们会向关联公司共享您的订单。", true, "a practice of ours"),
        ("affiliates", "经您同意，我们会向关联公司共享您的订单。", false, "consent comes first"),
        ("given-away", "我们会向合作伙伴共享您的订单。", true, "a practice of ours"),
        ("given-away", "我们会向合作伙伴共享经匿名化处理的订单。", false, "a word of the rule's own exceptions"),
        ("health", "我们会收集您的病历。", true, "every mark of its kind"),
        ("app-list", "我们会收集应用列表。", true, "collected"),
        ("app-list", "我们从不收集应用列表。", false, "denied"),
        ("targeted-ads", "我们会推送个性化广告。", true, "asserted"),
        ("targeted-ads", "我们不会推送个性化广告。", false, "denied"),
    ];
    for (rule, text, fires, why) in cases {
        let found = rules(&find(&[place(text, &[])]));
        assert_eq!(found.contains(rule), fires, "{why}: {rule} {text} {found:?}");
    }
}

#[test]
fn lists_of_what_the_reader_must_not_do_say_nothing_of_us() {
    let item = |lead| Place { lead: Some(lead), ..place("公开展示其他用户的内容；", &[]) };
    assert!(rules(&find(&[item("我们会这样处理：")])).contains("public-display"));
    assert!(rules(&find(&[item("用户不得从事下列行为：")])).is_empty());
}

#[test]
fn the_items_of_a_list_are_excluded_by_its_lead_in() {
    let item = |lead| Place { lead: Some(lead), ..place("您输入的搜索词；", &[]) };
    assert!(rules(&find(&[item("以下信息不适用本隐私政策：")])).contains("excluded"));
    assert!(!rules(&find(&[item("以下信息适用本隐私政策：")])).contains("excluded"));
}

#[test]
fn what_the_next_sentence_takes_back_is_no_point() {
    let point = |texts: &[&str]| {
        let places: Vec<Place<'_>> = texts.iter().map(|t| place(t, &["登录"])).collect();
        points(&|i| places.get(i).copied(), &find(&places)).iter().any(|p| p.rule == "face-or-biometrics")
    };
    assert!(point(&["登录时，我们会采集您的人脸信息。", "登录后即可下单。"]));
    assert!(!point(&["登录时，我们会采集您的人脸信息。", "我们不会收集您的人脸信息。"]));
}

#[test]
fn what_stays_in_the_device_is_no_point() {
    let first = place("清理时，我们会读取您已安装的应用列表。", &["清理"]);
    let point = |next: &'static str| {
        let places = [first, Place { prev: Some(first.text), ..place(next, &["清理"]) }];
        points(&|i| places.get(i).copied(), &find(&places)).iter().any(|p| p.rule == "app-list")
    };
    assert!(point("清理以后会提示您。"));
    assert!(!point("我们不会上传到服务器。"));
}

#[test]
fn better_evidence_stands_first() {
    let texts = [
        "3、收集设备信息IMEI。",
        "我们收集：",
        "我们会收集您的设备型号和硬件序列号，用于统计。",
        "我们会收集您的设备型号和IMEI，用于统计。",
    ];
    let places: Vec<Place<'_>> = texts.iter().map(|t| place(t, &["收集"])).collect();
    let found = points(&|i| places.get(i).copied(), &find(&places));
    let ids = found.iter().find(|p| p.rule == "device-ids-not-resettable").map(|p| p.clauses.clone());
    assert_eq!(ids, Some(vec![3, 2, 0]), "the rule's better words, then sentences, then a few words");
}

#[test]
fn what_others_take_is_told_as_theirs_and_only_where_we_do_not_take_it() {
    let ours = "我们会收集您的设备型号和IMEI，用于统计。";
    let theirs = "该统计SDK会收集您的设备型号和IMEI，用于统计。";
    let row =
        Place { columns: Some(&["SDK名称", "收集的信息"]), ..place("某推送 | IMEI、设备型号", &[]) };
    let told = |places: &[Place<'_>]| -> Vec<(bool, Vec<usize>)> {
        let found = points(&|i| places.get(i).copied(), &find(places));
        let ids = found.into_iter().filter(|p| p.rule == "device-ids-not-resettable");
        ids.map(|p| (p.third, p.clauses)).collect()
    };
    assert_eq!(told(&[place(theirs, &[]), place(ours, &[])]), [(false, vec![1, 0])]);
    assert_eq!(told(&[place(theirs, &[])]), [(true, vec![0])]);
    assert_eq!(told(&[row]), [(true, vec![0])]);
}

#[test]
fn advice_and_what_the_reader_may_show_take_nothing() {
    for text in [
        "我们提示您不要通过公共网络，向任何人提供您的病历、密码。",
        "您上传的照片里可能包含您的病历，我们会收集照片。",
        "请您谨慎考虑披露您的病历。",
    ] {
        assert!(!rules(&find(&[place(text, &["信息的共享"])])).contains("health"), "{text}");
    }
    let warned = find(&[place("请您谨慎考虑披露您的病历。", &["信息的共享"])]);
    assert_eq!(sensitive(&warned).iter().map(|(.., x)| *x).collect::<Vec<_>>(), [Context::Protect]);
}

#[test]
fn what_the_policy_states_is_not_missed() {
    let places = [place("如有疑问，请联系我们。", &[]), place("（以下简称“我们”）深知信息的重要。", &[])];
    let missed = |contacts, company| -> Vec<&str> {
        let mut marks = find(&places);
        let found =
            annotations::points(&|i| places.get(i).copied(), &mut marks, Known { contacts, company, periods: &[] });
        let told: Vec<&str> = found.iter().map(|p| p.rule).collect();
        let marked: Vec<&str> = rules(&marks).into_iter().collect();
        assert_eq!(told, marked, "nothing is marked for a point that is not made");
        told
    };
    assert_eq!(missed(true, true), [""; 0]);
    assert_eq!(missed(false, true), ["no-contact"]);
    assert_eq!(missed(true, false), ["no-company"]);
}
