//! Policies of one sentence more than nothing → what is found of each item that the law asks for.

use policy_reader::{Options, analyze};
use std::fs;

/// A text that says next to nothing, with a sentence in it.
fn verdicts(sentence: &str) -> Vec<(&'static str, &'static str, Vec<String>)> {
    let text = format!(
        "# 麦穗书店隐私政策\n\n感谢您来到麦穗书店，我们很重视您的隐私，请您先读完这份说明再开始选书。\n\n{sentence}\n\n祝您阅读愉快，书店里的每一本书都欢迎您来翻一翻、读一读。\n"
    );
    let view = analyze(&text, &Options::default()).view();
    assert!(view.meta.unread.is_none(), "{sentence}");
    let said = |id: &String| view.clauses.iter().find(|c| c.id == *id).map_or("", |c| &c.text).to_owned();
    let items = view.checklist.iter();
    items.map(|item| (item.item, item.verdict, item.evidence.iter().map(said).collect())).collect()
}

/// An item; a sentence that states it; one that touches it, and one that only has a word of it.
const ITEMS: [(&str, &str, &str, &str); 28] = [
    (
        "handler",
        "本政策由济南麦穗书店有限公司（以下简称“我们”）制定，邮箱：a@maisui.example。",
        "您可以随时联系我们。",
        "别家公司的书也有。",
    ),
    ("purposes", "我们会收集您的手机号码，用于寄送通知。", "书店可作技术分析和商业上的利用。", "书签用于夹在书里。"),
    (
        "sensitive",
        "您的人脸信息属于敏感个人信息，只有经您单独同意，我们才会收集。",
        "我们会谨慎对待敏感个人信息。",
        "这是一部敏感的书。",
    ),
    ("retention", "您的订单信息我们保存三年。", "协议终止后，书店继续保存您的资料。", "书目留存在架上。"),
    ("access", "您可以在“我的-资料”中查阅您的个人信息。", "您可浏览、修改自己提交的资料。", "店员会复制书目。"),
    (
        "correct",
        "您可以在“我的-资料”中更正您的个人信息。",
        "您需及时修改自己的资料。",
        "我们会补充库存，也可能修改本政策。",
    ),
    ("delete", "您可以要求我们删除您的个人信息。", "您需自行删除书单。", "过期的书目会被删除。"),
    (
        "restrict",
        "您有权要求我们停止处理或限制处理您的个人信息。",
        "这些资料您均有权拒绝提供。",
        "不同意的请停止使用我们的服务，我们有权限制或拒绝您借书。",
    ),
    (
        "portability",
        "您可以要求我们将您的个人信息转移至您指定的处理者。",
        "您可以随时复制、导出您的书单。",
        "书店合并时，信息会转移给新的公司；借阅的权限由我们指定的第三方核对。",
    ),
    ("explain", "您有权要求我们对处理规则作出解释说明。", "", "书店保留一切解释权。"),
    ("deceased", "读者去世后，其近亲属可以查阅、复制、删除其信息。", "", "书中人物已故。"),
    ("close-account", "您可以在“我的-设置”中注销账号。", "用户手动注销的，须多次确认。", "书号被注销。"),
    ("withdraw", "您可以随时撤回同意。", "您也可在系统权限中进行关闭。", "如不同意修改，可以取消订单。"),
    ("reply", "我们会在15个工作日内答复您的请求。", "书店会在合理时间内处理。", "书评里有回复。"),
    (
        "third-parties",
        "我们会向杭州青禾物流有限公司共享您的收货地址。",
        "第三方可能另有约定。",
        "别人的书评与我们无关。",
    ),
    (
        "entrust",
        "我们委托第三方处理您的信息时，会与其签订协议。",
        "书店可通过第三方统计借阅。",
        "您不得委托他人使用会员卡，互联网服务提供商另行收费，须由法定代理人陪同。",
    ),
    (
        "merger",
        "如果发生合并、收购，我们会告知您接收方的名称。",
        "供任何实际或建议承让人评核。",
        "请配合并如实登记，书店也合并了两层楼。",
    ),
    ("publish", "未经您同意，我们不会公开披露您的个人信息。", "书店有权公告处理结果。", "修改后的书目会公布。"),
    (
        "automated",
        "您可以在“设置-推荐”中关闭个性化推荐。",
        "书店使用广告技术。",
        "首页会推荐附近的门店，您可收藏感兴趣的书、修改个性签名。",
    ),
    (
        "abroad",
        "我们不会向境外提供您的个人信息。",
        "信息涉及海外的，另行约定。",
        "书目来自海外，您授予书店全球范围内的使用权。",
    ),
    ("children", "未满十四周岁的儿童应当由监护人同意。", "您须年满18周岁。", "少年读物在二楼。"),
    ("changes", "本政策更新后，我们会以弹窗告知您。", "服务条款的修改另行约定。", "书目每周更新。"),
    (
        "lists",
        "我们以清单列明收集的个人信息和第三方。",
        "点这里看第三方SDK说明。",
        "检索目录在前台，所列书目仅供参考。",
    ),
    ("dates", "更新日期：2025年3月1日", "最近更新：详见2019年1月18日的通知", "施行的办法贴在门口。"),
    ("complaint", "您可以向网信部门投诉。", "对隐私有任何置疑的，请告诉店长。", "为配合侦查、起诉，我们会提供资料。"),
    ("officer", "个人信息保护负责人：王女士", "请与书店的协调人商量。", "店长负责上架。"),
    ("security", "我们会采取合理的措施保护您的个人信息。", "", "请遵守计算机信息系统安全保护条例。"),
    ("breach", "发生信息泄露时，我们会及时告知您。", "书店备有应急预案。", "不得泄露国家秘密。"),
];

#[test]
fn every_item_is_stated_or_touched_where_a_sentence_does() {
    let names: Vec<&str> = verdicts("").iter().map(|v| v.0).collect();
    assert_eq!(names, ITEMS.map(|item| item.0));
    let mut wrong = Vec::new();
    for (item, stated, touched, idle) in ITEMS {
        let cases = [(stated, "stated"), (touched, "check"), (idle, "not-mentioned")];
        for (sentence, verdict) in cases.into_iter().filter(|s| !s.0.is_empty()) {
            let found = verdicts(sentence);
            let (_, said, evidence) = found.iter().find(|v| v.0 == item).expect("an item");
            let shown = verdict == "not-mentioned" || evidence.iter().any(|text| sentence.starts_with(text.as_str()));
            if *said != verdict || !shown {
                wrong.push(format!("{item}: {said}, not {verdict}: {sentence} {evidence:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// As in the laws themselves: a person who follows an item up opens this article.
#[test]
fn every_item_names_the_article_that_asks_for_it() {
    let articles = [
        ("handler", "PIPL 17(1)(1), NDSR 21(1)(1)"),
        ("purposes", "PIPL 17(1)(2), NDSR 21(1)(2)"),
        ("sensitive", "PIPL 17, 30"),
        ("retention", "PIPL 17(1)(2), 19, NDSR 21(1)(3)"),
        ("access", "PIPL 45"),
        ("correct", "PIPL 46"),
        ("delete", "PIPL 47"),
        ("restrict", "PIPL 44"),
        ("portability", "PIPL 45(3)"),
        ("explain", "PIPL 24(3), 48"),
        ("deceased", "PIPL 49"),
        ("close-account", "PIPL 47, App 2019-191 (6)"),
        ("withdraw", "PIPL 15, 16"),
        ("reply", "PIPL 50"),
        ("third-parties", "PIPL 23"),
        ("entrust", "PIPL 21"),
        ("merger", "PIPL 22"),
        ("publish", "PIPL 25"),
        ("automated", "PIPL 24"),
        ("abroad", "PIPL 38, 39"),
        ("children", "PIPL 28, 31"),
        ("changes", "PIPL 14, 17(2)"),
        ("lists", "NDSR 21(2)"),
        ("dates", "NDSR 21"),
        ("complaint", "PIPL 65, NDSR 21(1)(4)"),
        ("officer", "PIPL 52"),
        ("security", "PIPL 51"),
        ("breach", "PIPL 57"),
    ];
    let text = "# 麦穗书店隐私政策\n\n感谢您来到麦穗书店，我们很重视您的隐私，请您先读完这份说明再开始选书。\n\n祝您阅读愉快，书店里的每一本书都欢迎您来翻一翻、读一读。\n";
    let view = analyze(text, &Options::default()).view();
    let found: Vec<_> = view.checklist.iter().map(|item| (item.item, item.law)).collect();
    assert_eq!(found, articles);
}

/// A policy's text of several sentences, and an item's verdict in it.
#[test]
fn what_goes_on_in_the_next_sentence_counts() {
    let rows = [
        ("merger", "书店可能会重组。届时我们会告知您新的持有方。", "stated"),
        ("entrust", "我们可能会委托第三方寄书。我们会要求其严格保密。", "stated"),
        ("automated", "我们会根据您的记录形成读者画像。您可以随时关闭营业时间提醒。", "check"),
        ("children", "儿童请注意。应当由监护人陪同。", "stated"),
        ("abroad", "您授予书店免费的、非独占的许可，书店可在全球范围内使用您发布的信息。", "not-mentioned"),
        ("delete", "书店保留自行决定关闭用户账户、删除信息的权利。", "not-mentioned"),
        ("complaint", "客服会记录您咨询、投诉的内容，并使用您留下的联系方式。", "check"),
        ("complaint", "根据法律的要求，我们会向有权的仲裁机构、司法机关提供资料。", "check"),
        ("complaint", "如有投诉、建议，请通过店内的意见箱告诉我们。", "stated"),
        ("complaint", "协商不成的，任何一方均可向书店所在地的人民法院提起诉讼。", "stated"),
        ("complaint", "委托第三方对侵犯您作品著作权的行为提起诉讼，由法院裁决。", "check"),
        ("merger", "如书店运营主体变更导致转让您的个人信息，我们会要求受让方继续保护。", "stated"),
        ("close-account", "您通过注销等方式离开书店的，书单一并清空。", "check"),
        ("reply", "发生停电的，我们会在第一时间修复。", "not-mentioned"),
        ("breach", "我们使用各种技术，以防书目信息丢失。", "not-mentioned"),
        ("publish", "您需要谨慎地考虑是否在书评里披露您的生日。", "check"),
        ("officer", "我们设立了专门的个人信息保护团队和负责人。", "stated"),
        ("entrust", "您可以通过第三方账号登录书店。", "not-mentioned"),
        ("publish", "在满足书店公示的借书条件时，您可以借书。", "not-mentioned"),
        ("entrust", "我们会向为我们寄书的服务商提供您的收货地址。", "check"),
        ("entrust", "协商不成的，交由书店所在地法院处理。", "not-mentioned"),
        ("publish", "为防止您的信息遭到公开披露，我们会加密。", "check"),
        ("publish", "除法律要求外，我们会将信息披露给承运人。", "not-mentioned"),
        ("restrict", "您可以关闭相机，从而拒绝书店收集照片。", "check"),
        ("restrict", "您有权拒绝同意更新后的文本。", "not-mentioned"),
        ("lists", "与第三方共享的信息详见附件。", "check"),
        ("complaint", "我们会按诉讼争议解决的需要查阅书单。", "not-mentioned"),
        ("officer", "来信请寄书店数据及隐私保护部（收）。", "check"),
        ("reply", "我们会在15日或法律规定的期限内答复您的请求。", "stated"),
        ("reply", "在以下情形中，我们无法响应您的请求。", "not-mentioned"),
        ("correct", "读者需要修改所提供的身份资料的，书店应当提供该项服务。", "stated"),
        ("publish", "涉及您个人信息的条款有变的，书店会公布修订日期。", "not-mentioned"),
        ("purposes", "书目受版权法保护，收集的信息不得用于商业目的。", "not-mentioned"),
        ("changes", "本政策出现重大修订的，我们会通知您。", "stated"),
        ("merger", "书店停业时，资料会交给继续提供服务的一方。", "check"),
    ];
    for (item, text, verdict) in rows {
        let found = verdicts(text);
        assert_eq!(found.iter().find(|v| v.0 == item).map(|v| v.1), Some(verdict), "{text}");
    }
}

#[test]
fn what_nothing_touches_is_not_mentioned() {
    for (item, verdict, evidence) in verdicts("") {
        assert_eq!((verdict, evidence.len()), ("not-mentioned", 0), "{item}");
    }
}

#[test]
fn names_of_kits_before_what_they_do_are_a_list() {
    let rows = [
        ("1.甲统计SDK：统计借阅。\n2.乙推送SDK：推送到书通知。\n3.丙支付SDK：收取押金。", "stated"),
        ("1.甲统计SDK：统计借阅。\n2.乙推送SDK：推送到书通知。", "not-mentioned"),
        (
            "（1）甲统计SDK\n\n它会统计借阅的次数，供店长参考。\n\n（2）乙推送SDK\n\n它会推送到书的通知，供您参考。\n\n（3）丙支付SDK\n\n它会收取您的押金，并开出收据。",
            "stated",
        ),
    ];
    for (text, verdict) in rows {
        let found = verdicts(text);
        let (_, said, evidence) = found.iter().find(|v| v.0 == "lists").expect("an item");
        assert_eq!(*said, verdict, "{text} {evidence:?}");
    }
}

#[test]
fn what_is_under_a_title_of_its_own_touches_an_item_first() {
    let text = "麦穗书店隐私政策\n\n一、借书\n\n借书时有争议的旧书，请您先到前台更换一本新书再来登记。\n\n二、争议\n\n书价有争议的，请您到前台询问店长。\n\n三、其他\n\n感谢您来到麦穗书店，祝您愉快。\n";
    let view = analyze(text, &Options::default()).view();
    let item = view.checklist.iter().find(|item| item.item == "complaint").expect("an item");
    let first = view.clauses.iter().find(|c| Some(&c.id) == item.evidence.first()).map_or("", |c| c.text.as_str());
    assert_eq!((item.verdict, first), ("check", "书价有争议的，请您到前台询问店长。"));
}

#[test]
fn a_title_alone_touches_an_item() {
    let text = "麦穗书店隐私政策\n\n一、未成年人\n\n我们请您先读完这份说明再开始选书，店里的每一本书都欢迎您来翻一翻、读一读。\n\n二、其他\n\n感谢您来到麦穗书店，祝您愉快。\n";
    let view = analyze(text, &Options::default()).view();
    let children = view.checklist.iter().find(|item| item.item == "children").expect("an item");
    assert_eq!((children.verdict, children.evidence.len()), ("check", 1), "what stands under it is shown");
}

#[test]
fn where_nothing_is_read_nothing_is_judged() {
    assert!(analyze("404 Not Found", &Options::default()).view().checklist.is_empty());
}

#[test]
fn card_and_checklist_say_the_same() {
    const SAME: [(&str, &[&str]); 5] = [
        ("abroad", &["abroad"]),
        ("children", &["children"]),
        ("retention", &["retention"]),
        ("share", &["third-parties"]),
        ("since", &["dates"]),
    ];
    let mut wrong = Vec::new();
    let mut seen = 0;
    let folders = fs::read_dir("tests/policies").expect("policies").flatten().map(|folder| folder.path());
    for folder in folders.chain(["www/samples".into()]) {
        for file in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if !folder.ends_with("samples") && !name.starts_with("policy") {
                continue;
            }
            let Ok(text) = fs::read_to_string(file.path()) else { continue };
            let view = analyze(&text, &Options::default()).view();
            if view.checklist.is_empty() {
                continue;
            }
            seen += 1;
            let verdict = |item: &str| view.checklist.iter().find(|c| c.item == item).map_or("", |c| c.verdict);
            for (slot, items) in SAME {
                let Some(line) = view.summary.iter().find(|line| line.slot == slot) else { continue };
                for item in items.iter().filter(|item| (verdict(item) == "not-mentioned") != line.absent) {
                    wrong.push(format!("{} {item}: {} beside {}", file.path().display(), verdict(item), line.text));
                }
            }
            for right in &view.facts.rights {
                let item = match right.right {
                    "copy" => "access",
                    "supplement" => "correct",
                    "withdraw-consent" => "withdraw",
                    "opt-out-personalisation" => "automated",
                    other => other,
                };
                if verdict(item) == "not-mentioned" {
                    wrong.push(format!("{} {item}: a right that is not mentioned", file.path().display()));
                }
            }
        }
    }
    assert!(seen > 10 && wrong.is_empty(), "{seen} {wrong:#?}");
}
