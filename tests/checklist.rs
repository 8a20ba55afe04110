//! Policies of one sentence more than nothing → what is found of each item that the law asks for.

use policy_reader::{Options, analyze};

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

/// An item, a sentence that states it, and one that only touches it.
const ITEMS: [(&str, &str, &str); 28] = [
    ("handler", "本政策由济南麦穗书店有限公司（以下简称“我们”）制定，邮箱：a@maisui.example。", "您可以随时联系我们。"),
    ("purposes", "我们会收集您的手机号码，用于寄送通知。", "请您了解使用目的。"),
    ("sensitive", "您的人脸信息属于敏感个人信息，只有经您单独同意，我们才会收集。", "我们会谨慎对待敏感个人信息。"),
    ("retention", "您的订单信息我们保存三年。", "书目留存在架上。"),
    ("access", "您可以在“我的-资料”中查阅您的个人信息。", "店员会复制书目。"),
    ("correct", "您可以在“我的-资料”中更正您的个人信息。", "我们会补充库存。"),
    ("delete", "您可以要求我们删除您的个人信息。", "过期的书目会被删除。"),
    ("restrict", "", "您有权限制或拒绝他人处理。"),
    ("portability", "您可以要求我们将您的个人信息转移至您指定的处理者。", "我们支持信息转移。"),
    ("explain", "您有权要求我们对处理规则作出解释说明。", "条款另有解释说明。"),
    ("deceased", "读者去世后，其近亲属可以查阅、复制、删除其信息。", "书中人物已故。"),
    ("close-account", "您可以在“我的-设置”中注销账号。", "会员卡注销另行约定。"),
    ("withdraw", "您可以随时撤回同意。", "订单撤销后不再发货。"),
    ("reply", "我们会在15个工作日内答复您的请求。", "我们会答复。"),
    ("third-parties", "我们会向杭州青禾物流有限公司共享您的收货地址。", "第三方的书评与我们无关。"),
    ("entrust", "我们委托处理您的信息时，会与受托方签订协议。", "我们有时委托印厂。"),
    ("merger", "如果发生合并、收购，我们会告知您接收方的名称。", "书店合并了两层楼。"),
    ("publish", "未经您同意，我们不会公开披露您的个人信息。", "书目公开披露。"),
    ("automated", "您可以在“设置-推荐”中关闭个性化推荐。", "首页会有推荐。"),
    ("abroad", "我们不会向境外提供您的个人信息。", "我们也卖海外版图书。"),
    ("children", "未满十四周岁的儿童应当由监护人同意。", "儿童读物在二楼。"),
    ("changes", "本政策更新后，我们会以弹窗告知您。", "书目每周更新。"),
    ("lists", "我们以清单列明收集的个人信息和第三方。", "书单和目录在前台。"),
    ("dates", "更新日期：2025年3月1日", "施行的办法贴在门口。"),
    ("complaint", "您可以向网信部门投诉。", "投诉请到前台。"),
    ("officer", "个人信息保护负责人：王女士", ""),
    ("security", "我们对您的信息加密存储。", "我们有防护措施。"),
    ("breach", "发生信息泄露时，我们会及时告知您。", "书稿没有泄露。"),
];

#[test]
fn every_item_is_stated_or_touched_where_a_sentence_does() {
    let names: Vec<&str> = verdicts("").iter().map(|v| v.0).collect();
    assert_eq!(names, ITEMS.map(|item| item.0));
    let mut wrong = Vec::new();
    for (item, stated, touched) in ITEMS {
        for (sentence, verdict) in [(stated, "stated"), (touched, "check")].into_iter().filter(|s| !s.0.is_empty()) {
            let found = verdicts(sentence);
            let (_, said, evidence) = found.iter().find(|v| v.0 == item).expect("an item");
            let shown = evidence.iter().any(|text| sentence.starts_with(text.as_str()));
            if *said != verdict || !shown {
                wrong.push(format!("{item}: {said}, not {verdict}: {sentence} {evidence:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_nothing_touches_is_not_mentioned() {
    for (item, verdict, evidence) in verdicts("") {
        assert_eq!((verdict, evidence.len()), ("not-mentioned", 0), "{item}");
    }
}

#[test]
fn a_title_alone_touches_an_item() {
    let text = "麦穗书店隐私政策\n\n一、未成年人\n\n我们请您先读完这份说明再开始选书，店里的每一本书都欢迎您来翻一翻、读一读。\n\n二、其他\n\n感谢您来到麦穗书店，祝您愉快。\n";
    let view = analyze(text, &Options::default()).view();
    let children = view.checklist.iter().find(|item| item.item == "children").expect("an item");
    assert_eq!((children.verdict, children.evidence.len()), ("check", 0));
}

#[test]
fn where_nothing_is_read_nothing_is_judged() {
    assert!(analyze("404 Not Found", &Options::default()).view().checklist.is_empty());
}
