//! What is no policy gets a code and a sentence, and no card; what is one in a language without rules gets what is sure.

use policy_reader::view::View;
use policy_reader::{Options, analyze};

fn view(source: &str, lang: &str) -> View {
    analyze(source, &Options { lang: lang.into(), ..Options::default() }).view()
}

fn code(source: &str) -> &'static str {
    view(source, "").meta.unread.map_or("", |unread| unread.code)
}

#[test]
fn what_is_no_policy_is_told_by_kind() {
    let nav = "<a>首页</a><a>商城</a><a>登录</a><a>隐私政策</a><a>联系我们</a>".repeat(8);
    let missing =
        format!("<html><body>{nav}<h1>404</h1><p>抱歉，您访问的页面不存在，请返回首页看看别的内容。</p></body></html>");
    let login = "<form>账号登录 手机号登录 请输入手机号 请输入密码 获取验证码 忘记密码 注册新账号 登录即表示同意《用户协议》和《隐私政策》</form>";
    let shell =
        "<html><head><title>云帆商城</title><script src=a.js></script></head><body><div id=app></div></body></html>";
    let asks = "<html><script>1</script><body>We're sorry but this shop does not work properly without JavaScript enabled. Please turn on JavaScript to continue with our shop and its offers today.</body></html>";
    let story = "从前有一座山，山上有一座庙，庙里有一个老和尚，他每天都在给小和尚讲故事，讲的还是从前的那一座山。";
    for (want, source) in [
        ("empty", ""),
        ("empty", " \n\t\n "),
        ("binary", "%PDF-1.7\n%....\n1 0 obj << /Type /Catalog >>"),
        ("binary", "\u{fffd}\u{fffd}\u{fffd}JFIF\0\u{1}\u{1}abc"),
        ("not-found", &missing),
        ("not-found", "{\"code\":404,\"message\":\"not found\"}"),
        (
            "not-found",
            "<h1>Access Denied</h1><p>You cannot open this page on this server, please ask who runs it for help with it.</p>",
        ),
        ("login", login),
        ("script-shell", shell),
        ("script-shell", asks),
        ("too-short", "我们重视您的隐私，谢谢您的使用。"),
        ("too-short", "We take your privacy seriously. Thank you for visiting us."),
        ("no-policy", story),
    ] {
        assert_eq!(code(source), want, "{source}");
        let view = view(source, "");
        assert!(view.summary.is_empty() && view.attention.is_empty() && view.good.is_empty(), "{source}");
        assert!(view.facts.data_items.is_empty() && view.facts.contacts.is_empty(), "{source}");
    }
}

#[test]
fn a_short_policy_is_a_policy() {
    for source in [
        "小帆记账隐私政策\n小帆记账由东营小帆软件有限公司提供。我们会收集您的手机号，用于登录。\n邮箱：a@xiaofan.example",
        // What an error page says, and a form, stand in policies, too.
        "隐私政策\n\n如果您访问的页面不存在，我们会记录日志信息。您注册时我们会收集手机号、密码、验证码，用来登录；忘记密码时可以重置密码。我们不会把您的信息交给他人。",
        // Chapters with sentences are no form, whatever they are called and however often they say "password".
        "蓝鲸泳馆入馆须知\n\n蓝鲸泳馆由舟山蓝鲸体育有限公司经营。\n\n一、储物柜\n\n您可以为储物柜设置密码。忘记密码时，请到前台重置密码。\n\n二、入馆\n\n办卡时，我们会收集您的身份证号码。",
    ] {
        assert_eq!(code(source), "", "{source}");
        assert!(!view(source, "").summary.is_empty());
    }
}

#[test]
fn a_note_says_it_in_the_language_of_the_labels() {
    for (lang, word) in [("zh-Hans", "找不到页面"), ("zh-Hant", "找不到頁面"), ("en", "page not found")] {
        let view = view("<h1>404 Not Found</h1>", lang);
        assert!(view.notes[0].contains(word), "{:?}", view.notes);
        assert_eq!(view.notes[0], view.meta.unread.expect("a code").text);
    }
}

/// A line of the card.
fn says<'v>(view: &'v View, slot: &str) -> Option<&'v str> {
    view.summary.iter().find(|line| line.slot == slot).map(|line| line.text.as_str())
}

#[test]
fn in_a_language_without_rules_only_what_is_sure_is_said() {
    let policy = |introduction: &str| {
        format!(
            "# Privacy Policy of Quince Tasks\n\nLast updated: 7 June 2024\n\n{introduction}\n\n## Children\n\nWe do not collect \
             personal information from anyone under 13. Our use meets the Limited Use requirements of Oak Mail Inc.\n\n\
             ## Contact\n\nask@quince.example\n"
        )
    };
    for (introduction, who) in [
        ("Quince Tasks is operated by Quince & Sons Ltd.", Some("Quince & Sons Ltd.")),
        ("Bay of Quince Limited (“we”, “us”) takes care of your data.", Some("Bay of Quince Limited")),
        ("Quince Works Co., Ltd. (\"we\") takes care of your data.", Some("Quince Works Co., Ltd.")),
        ("We work with Oak Maps LLC and others.", None),
    ] {
        let view = view(&policy(introduction), "");
        assert_eq!(view.meta.unread.as_ref().map(|u| u.code), Some("language"));
        assert_eq!(view.facts.controller.as_ref().map(|c| c.value.as_str()), who, "{introduction}");
        assert_eq!(says(&view, "who").is_some(), who.is_some(), "{introduction}");
        assert!(view.summary.iter().all(|line| !line.absent), "nothing is called absent");
        assert_eq!(says(&view, "since"), Some("Last updated 2024-06-07."));
        assert!(says(&view, "contact").is_some_and(|text| text.contains("ask@quince.example")));
        assert!(view.attention.is_empty() && view.facts.minor_age.is_none() && !view.sections.is_empty());
    }
}

#[test]
fn dates_in_english_stand_beside_their_label() {
    for (line, updated, effective) in [
        ("Effective as of March 3rd, 2024. Last modified: 2024-01-31", Some("2024-01-31"), Some("2024-03-03")),
        ("Effective date: 1 Sept 2023", None, Some("2023-09-01")),
        ("We updated this text after 5 May 2025.", None, None),
        ("Last updated: 45 May 2025", None, None),
    ] {
        let view = view(
            &format!(
                "Privacy Policy\n\n{line}\n\nWe collect your name and share your personal information with our partners, as told below.\n"
            ),
            "",
        );
        let date = |d: &Option<policy_reader::view::Stated<String>>| d.as_ref().map(|d| d.value.clone());
        assert_eq!(date(&view.facts.dates.updated).as_deref(), updated, "{line}");
        assert_eq!(date(&view.facts.dates.effective).as_deref(), effective, "{line}");
    }
}

#[test]
fn an_agreement_says_that_it_is_one() {
    let chapters = "一、服务内容\n\n我们提供在线阅读。\n\n二、用户行为规范\n\n用户不得上传他人的照片。\n\n三、知识产权\n\n版权归我们所有。\n\n四、用户信息\n\n我们会收集您的手机号码。\n";
    let text = |title: &str| format!("{title}\n\n请您先仔细阅读全部内容，再开始使用。\n\n{chapters}");
    let read = view(&text("白鹭阅读用户协议"), "");
    assert_eq!(read.meta.unread.as_ref().map_or("", |why| why.code), "agreement");
    assert!(read.meta.no_policy().is_none() && !read.summary.is_empty() && !read.checklist.is_empty());
    assert!(read.facts.data_items.iter().any(|item| item.item == "手机号码"), "what it says of information is told");
    let points = text("白鹭阅读用户协议").replace(
        "全部内容",
        "全部内容以及我们网站上另行公布的《白鹭阅读隐私政策》，特别是以加粗的方式提醒您注意的条款和免责条款",
    );
    assert_eq!(
        view(&points, "").meta.unread.map_or("", |why| why.code),
        "agreement",
        "a sentence that points to a policy is none"
    );
    let policy = text(
        "《白鹭阅读隐私政策》适用于白鹭阅读的产品和服务，它帮助您了解我们会收集哪些信息，另请一并阅读我们的用户协议和其他条款",
    );
    assert_eq!(code(&policy), "", "nor is one that points to an agreement");
    // One that holds a policy, or is one, is a policy; one chapter on duties makes no agreement.
    assert_eq!(code(&text("白鹭阅读隐私政策")), "");
    assert_eq!(code(&text("白鹭阅读用户协议与隐私政策")), "");
    assert_eq!(code(&format!("{}\n五、隐私政策\n\n我们重视您的隐私。\n", text("白鹭阅读用户协议"))), "");
    assert_eq!(code(&text("白鹭阅读用户协议").replace("用户行为规范", "阅读须知")), "");
}
