//! White space in a one-line page → bold, links and paragraphs. One trait a case; all texts are invented.

use policy_reader::{Options, analyze};

const OPENING: &str = "云雀隐私政策 我们非常重视您的隐私，本政策将说明我们如何处理您的个人信息，请您在使用前仔细阅读本政策的全部内容。 一、总则 ";
const CLOSING: &str = " 二、如何联系我们 您可以通过客服邮箱联系我们，我们将在十五个工作日内答复。";

/// The bold phrases of a policy in one line.
fn bold(text: &str) -> Vec<String> {
    let analysis = analyze(&format!("{OPENING}{text}{CLOSING}"), &Options::default());
    let document = &analysis.document;
    assert_eq!(document.shape.as_str(), "one-line");
    document.bold.iter().map(|b| document.text.slice(*b).to_owned()).collect()
}

/// The blocks between opening and closing.
fn blocks(text: &str) -> Vec<String> {
    let analysis = analyze(&format!("{OPENING}{text}{CLOSING}"), &Options::default());
    let document = &analysis.document;
    let all: Vec<String> = document.blocks.iter().map(|b| document.text.slice(b.span).to_owned()).collect();
    let from = all.iter().position(|b| b.starts_with("一、")).unwrap();
    let to = all.iter().position(|b| b.starts_with("二、")).unwrap();
    all[from + 1..to].to_vec()
}

#[test]
fn white_space_that_nothing_explains_is_the_edge_of_bold() {
    let cases: [(&str, &[&str]); 9] = [
        // Before closing punctuation it ends a phrase.
        ("①网络信息（包含IP地址）以及 位置信息 ：我们据此提供服务。", &["位置信息"]),
        (
            "鉴于您是终端用户， 我们会要求开发者告知您相关事项，并取得您的同意 ，使我们可以处理信息。",
            &["我们会要求开发者告知您相关事项，并取得您的同意"],
        ),
        (
            "（1）您注册时填写的信息 ：为了创建账号，我们会收集您的昵称。 （2）您提交的反馈 ：我们会收集您的联系方式。",
            &["您注册时填写的信息", "您提交的反馈"],
        ),
        // Behind a comma it starts one, to the end of the paragraph.
        (
            "我们将数据存储在境内， 如需跨境传输，我们将会单独征得您的同意。 我们重视安全。",
            &["如需跨境传输，我们将会单独征得您的同意。"],
        ),
        // In mid-sentence, beside a function word.
        ("设备标识和 手机号码 将被用于生成标识。", &["手机号码"]),
        ("个人信息 是指以电子或者其他方式记录的各种信息。", &["个人信息"]),
        // Latin words and numbers explain it.
        ("您可以访问 https://yunque.example/quit 取消授权，也可以写信至 help@yunque.example 与我们联系。", &[]),
        ("我们会收集 Android ID 以及 IP 地址。", &[]),
        // Documents that a reader is sent to are links.
        ("我们制定了 《云雀儿童个人信息保护规则》 ，请您阅读。您可以点击这里查阅 第三方共享清单 获取更多信息。", &[]),
    ];
    for (text, want) in cases {
        assert_eq!(bold(text), want, "{text}");
    }
}

#[test]
fn commas_that_are_always_followed_by_white_space_say_nothing() {
    let text = "我们会收集姓名， 电话， 地址， 邮箱， 头像， 昵称， 性别， 生日， 位置， 日志， 型号， 品牌， 系统， 网络， 状态等信息。";
    assert_eq!(bold(text), Vec::<String>::new());
}

#[test]
fn paragraphs_end_where_a_title_or_a_sentence_does() {
    let cases: [(&str, &[&str]); 8] = [
        ("1. 注册信息 为了创建账号，我们会收集您的昵称。", &["1. 注册信息", "为了创建账号，我们会收集您的昵称。"]),
        ("1. 经同意的共享： 已经取得您的同意，我们会共享。", &["1. 经同意的共享：", "已经取得您的同意，我们会共享。"]),
        (
            "（一）Cookies Cookies是一种小型数据文件，用于识别您。",
            &["（一）Cookies", "Cookies是一种小型数据文件，用于识别您。"],
        ),
        ("4、Orbit SDK服务： 4.1、功能 我们提供识别服务。", &["4、Orbit SDK服务：", "4.1、功能", "我们提供识别服务。"]),
        (
            "我们的合作方 广告主 我们会与广告主共享去标识化的信息。",
            &["我们的合作方", "广告主", "我们会与广告主共享去标识化的信息。"],
        ),
        // A bracket that is never closed does not swallow the next title.
        (
            "请写信至（help@yunque.example与我们联系；或者致电。 （二）位置信息 我们会收集位置。",
            &["请写信至（help@yunque.example与我们联系；或者致电。", "（二）位置信息", "我们会收集位置。"],
        ),
        // A sentence that goes on.
        ("（1）网络信息以及 位置信息 ：用于提供服务。", &["（1）网络信息以及 位置信息 ：用于提供服务。"]),
        (
            "联系邮箱： help@yunque.example 联系电话： 400-000-0000",
            &["联系邮箱： help@yunque.example", "联系电话： 400-000-0000"],
        ),
    ];
    for (text, want) in cases {
        assert_eq!(blocks(text), want, "{text}");
    }
}
