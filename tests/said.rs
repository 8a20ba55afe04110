//! Short policies of our own → what they say of the information in them: items, contexts of sensitive words, points, recipients.

use policy_reader::view::View;
use policy_reader::{Options, analyze};

const HEAD: &str = "# 松果云隐私政策\n\n松果云由杭州松果云科技有限公司（以下简称“我们”）运营。\n\n";

fn view(body: &str) -> View {
    analyze(&format!("{HEAD}{body}"), &Options::default()).view()
}

/// One of a view's lists, a word for each member.
fn list(view: &View, what: &str) -> Vec<String> {
    let value: serde_json::Value = serde_json::from_str(&view.json()).expect("JSON");
    let words = |list: &serde_json::Value, key: &str| -> Vec<String> {
        let list = list.as_array().cloned().unwrap_or_default();
        list.iter().filter_map(|v| v[key].as_str().map(str::to_owned)).collect()
    };
    let marks = |key: &str| -> Vec<String> {
        let clauses = value["clauses"].as_array().cloned().unwrap_or_default();
        let marks = clauses.iter().flat_map(|c| c["marks"].as_array().cloned().unwrap_or_default());
        marks.filter(|m| m["kind"] == "sensitive").filter_map(|m| m[key].as_str().map(str::to_owned)).collect()
    };
    match what {
        "items" => words(&value["facts"]["data_items"], "item"),
        "permissions" => words(&value["facts"]["permissions"], "name"),
        "kinds" => words(&value["facts"]["recipient_kinds"], "value"),
        "points" => words(&value["attention"], "rule"),
        "good" => words(&value["good"], "rule"),
        "contexts" => marks("context"),
        "categories" => marks("category"),
        slot => {
            let lines = value["summary"].as_array().cloned().unwrap_or_default();
            lines.iter().filter(|l| l["slot"] == slot).filter_map(|l| l["text"].as_str().map(str::to_owned)).collect()
        }
    }
}

/// Each body, a list of what is read from it, what the list must have and what it must not have.
fn hold(rows: &[(&str, &[(&str, &[&str], &[&str])])]) {
    let mut wrong = Vec::new();
    for (body, checks) in rows {
        let view = view(body);
        for (what, has, lacks) in *checks {
            let list = list(&view, what);
            let holds = |word: &&str| list.iter().any(|l| l.contains(*word));
            let told = has.iter().filter(|w| !holds(w)).chain(lacks.iter().filter(|w| holds(w))).collect::<Vec<_>>();
            if !told.is_empty() {
                wrong.push(format!("{what} {told:?}: {list:?}\n{body}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_denial_reaches_the_list_and_the_section_behind_it() {
    hold(&[
        (
            "## 一、承诺\n\n松果云从不：\n\n- 读取您的通讯录；\n- 采集您的声纹或面部特征。\n\n## 二、收集\n\n我们会收集您的昵称。\n",
            &[
                ("items", &["昵称"], &["通讯录", "声纹", "面部特征"]),
                ("contexts", &["deny"], &["collect"]),
                ("points", &[], &["contacts-or-messages", "face-or-biometrics"]),
            ],
        ),
        (
            "## 一、我们绝不做的事\n\n1. 获取您的短信。\n\n2. 记录您的行踪轨迹。\n\n## 二、收集\n\n我们会收集您的昵称。\n",
            &[("items", &["昵称"], &["短信", "行踪"]), ("contexts", &["deny"], &["collect"])],
        ),
        (
            "## 一、本地处理\n\n我们不会收集、上传以下内容：\n\n- 您录入的卡号和密码；\n- 通话记录。\n",
            &[("items", &[], &["卡号", "密码", "通话记录"]), ("contexts", &["deny"], &["collect"])],
        ),
        // Who is turned away; whether to accept is the reader's.
        ("我们不接受未成年人注册成为用户。\n", &[("contexts", &["deny"], &["protect"])]),
        ("请您选择接受或不接受本协议（未成年人应由监护人陪同阅读）。\n", &[("contexts", &["protect"], &["deny"])]),
        // A clause of its own says what is done, whatever the heading; a lead-in that cannot is no promise.
        ("## 一、我们不收集什么\n\n但为了登录，我们会收集您的手机号码。\n", &[("items", &["手机号码"], &[])]),
        (
            "## 一、收集\n\n我们需要以下信息，否则无法为您下单：\n\n- 收货地址；\n- 身份证号码。\n",
            &[("items", &["收货地址", "身份证号码"], &[]), ("contexts", &["collect"], &["deny"])],
        ),
        // What is excepted from a denial is done.
        (
            "## 一、对外提供\n\n我们不会把您的信息提供给任何人，以下情况除外：\n\n1. 为送货上门，我们会把收货地址提供给物流公司。\n",
            &[("kinds", &["logistics"], &[]), ("share", &["物流"], &[])],
        ),
    ]);
}

#[test]
fn a_denial_reaches_what_stands_before_it() {
    hold(&[
        (
            "## 一、共享\n\n您的体检报告，未经您允许，我们绝不会提供给保险公司。\n",
            &[("contexts", &["deny"], &["share", "collect"])],
        ),
        (
            "## 一、对外\n\n- 我们拒绝把您的银行卡号、指纹交给任何广告公司。\n",
            &[("contexts", &["deny"], &["share", "collect"])],
        ),
        ("## 一、权限\n\n松果云没有申请麦克风、通讯录权限。\n", &[("permissions", &[], &["麦克风", "通讯录"])]),
    ]);
}

#[test]
fn what_may_never_be_is_not_told_as_done() {
    hold(&[
        (
            "## 一、收集\n\n我们会收集您的昵称。\n\n## 二、以后\n\n如新版本需要采集您的指纹、银行卡号，我们会另行征求您的同意。\n",
            &[
                ("items", &["昵称"], &["指纹", "银行卡号"]),
                ("collect", &["昵称"], &["指纹"]),
                ("points", &[], &["face-or-biometrics", "finance"]),
            ],
        ),
        (
            "## 一、修订\n\n若修订后的政策涉及收集您的身份证号码，我们会以公告提示，并在您明确同意后实施。\n",
            &[("items", &[], &["身份证"]), ("points", &[], &["id-number"])],
        ),
        (
            "## 一、收集\n\n如果您开通导航，我们会收集您的精确位置。\n",
            &[("items", &["精确位置"], &[]), ("points", &["precise-or-background-location"], &[])],
        ),
    ]);
}

#[test]
fn a_permission_that_may_be_refused_is_not_told_as_taken() {
    hold(&[
        (
            "## 一、权限\n\n您可以在“系统设置—权限管理”里关闭通讯录、短信等权限。\n",
            &[
                ("contexts", &["right"], &["collect"]),
                ("points", &[], &["contacts-or-messages"]),
                ("items", &[], &["权限管理"]),
            ],
        ),
        (
            "## 一、权限\n\n我们不会强迫您打开通讯录、精确定位权限。\n",
            &[("contexts", &["right"], &["collect"]), ("points", &[], &["contacts-or-messages"])],
        ),
        (
            "## 一、撤回\n\n如您以前授权过通讯录权限，您可以随时到手机设置里撤回。\n",
            &[("contexts", &["right"], &["collect"]), ("points", &[], &["contacts-or-messages"])],
        ),
    ]);
}

#[test]
fn recipients_stand_behind_whatever_verb_of_giving() {
    hold(&[
        (
            "## 一、资料\n\n会员同意松果云将会员资料转交集团内其他子公司及合作的保险公司使用。\n",
            &[("kinds", &["affiliates"], &[])],
        ),
        ("## 一、资料\n\n您同意，松果云可以将上述数据披露给关联公司。\n", &[("kinds", &["affiliates"], &[])]),
        ("## 一、去向\n\n您的入住记录会报送公安机关。\n", &[("kinds", &["authorities"], &[])]),
    ]);
}

#[test]
fn what_the_policy_prints_in_bold_is_sensitive_where_it_says_so() {
    let body = "## 一、前言\n\n本政策把敏感个人信息用黑体字标明。\n\n## 二、收集\n\n我们会收集您的**车架号**和昵称。\n\n您应**妥善保管车钥匙**。\n";
    let (marked, clauses) = (view(body), |v: &View| v.clauses.iter().filter(|c| !c.marks.is_empty()).count());
    assert_eq!(
        list(&marked, "contexts").iter().filter(|c| *c == "collect").count(),
        1,
        "{:?}",
        list(&marked, "contexts")
    );
    let plain = view(&body.replace("敏感个人信息", "必填的项目"));
    assert_eq!(clauses(&plain), 0, "what is bold is something else");
}

#[test]
fn a_term_cut_out_of_other_words_is_none() {
    hold(&[(
        "## 一、规则\n\n您不得从事破坏性行为、误导性行为。本社区面向多种族裔，全体检修人员须佩戴胸牌，我们会收集页面部件的名称。\n",
        &[("categories", &[], &["other", "medical-health", "biometric"])],
    )]);
    hold(&[(
        "## 一、收集\n\n我们会收集您的性取向、体重和面部特征。\n",
        &[("categories", &["other", "medical-health", "biometric"], &[])],
    )]);
}

#[test]
fn a_denial_answers_what_is_asked() {
    hold(&[
        ("## 一、权限\n\n本应用不需要授予任何权限。\n", &[("permissions", &[], &["没有提到"])]),
        ("## 一、共享\n\n我们从不对外共享，也不转让。\n", &[("share", &["不"], &["没有写"])]),
        (
            "## 一、共享\n\n未经您的同意，我们不与医院、药房等任何单位分享您的病历。\n\n我们从不查看您的短信。\n",
            &[("contexts", &["deny"], &["share", "collect"])],
        ),
    ]);
}

#[test]
fn recipients_of_no_list_go_by_their_own_words() {
    hold(&[
        ("## 一、去向\n\n我们会把您的姓名提供给合作的保险公司。\n", &[("share", &["保险公司"], &[])]),
        ("## 一、去向\n\n我们不会把您的姓名提供给保险公司。\n", &[("share", &[], &["会给"])]),
        ("## 一、推荐\n\n我们会把您的观看记录同步给合作的演出单位。\n", &[("points", &["history-shared"], &[])]),
    ]);
}

#[test]
fn points_say_what_the_facts_say() {
    hold(&[
        (
            "## 一、保存\n\n除法律另有规定外（例如日志保存期限不得少于六个月），我们在必要期限内保存。\n",
            &[("good", &[], &["concrete-retention"])],
        ),
        ("## 一、保存\n\n订单信息自交易完成之日起保存三年。\n", &[("good", &["concrete-retention"], &[])]),
    ]);
}

#[test]
fn sensitive_things_of_no_list_are_told_by_their_parts() {
    hold(&[
        ("## 一、收集\n\n我们会收集您的薪资流水。\n", &[("categories", &["financial-account"], &[])]),
        ("## 一、收集\n\n我们会采集您的视网膜图谱。\n", &[("categories", &["biometric"], &[])]),
        ("## 一、收集\n\n我们会记录您的焦虑量表得分。\n", &[("categories", &["medical-health"], &[])]),
        ("## 一、设置\n\n家长可以设置锁屏口令。\n", &[("categories", &[], &["credentials"])]),
    ]);
}

#[test]
fn what_the_reader_would_not_grant_is_not_taken() {
    hold(&[
        (
            "## 一、权限\n\n如果您不想授予通讯录、短信权限，请点击拒绝。\n",
            &[("contexts", &["right"], &["collect"]), ("points", &[], &["contacts-or-messages"])],
        ),
        (
            "## 一、共享\n\n我们不对外共享，但下列情况不在此限：\n\n1. 为送货，我们会把收货地址提供给物流公司。\n",
            &[("kinds", &["logistics"], &[])],
        ),
    ]);
}

#[test]
fn what_a_practice_gives_or_denies_needs_no_printed_subject() {
    hold(&[
        (
            "## 一、承诺\n\n松果云：\n\n- 没有追踪您的行踪轨迹；\n- 没有保存您的支付密码。\n",
            &[("contexts", &["deny"], &["collect"])],
        ),
        // What stands before a denial that names nothing.
        ("## 一、收集\n\n您的护照号、人脸照片，我们一概不收集。\n", &[("contexts", &["deny"], &["collect"])]),
        (
            "## 一、收集\n\n我们会收集您的护照号；您的人脸照片，我们一概不收集。\n",
            &[("contexts", &["collect", "deny"], &[])],
        ),
        ("## 一、使用\n\n您的经纬度会传给地图供应商。\n", &[("contexts", &["share"], &["collect"])]),
        ("## 一、使用\n\n松果云会向合作的书商提供您的浏览记录。\n", &[("contexts", &["share"], &["collect"])]),
    ]);
}

#[test]
fn a_denial_on_a_condition_is_one() {
    hold(&[
        // Who does it is not who must not get it.
        (
            "## 一、共享\n\n未经您许可，我们不会与松果集团以外的任何第三方共享您的病历。\n",
            &[("contexts", &["deny"], &["share", "collect"]), ("points", &[], &["health"])],
        ),
        (
            "## 一、共享\n\n除非您同意，否则我们不得向任何人公开您的病历。\n",
            &[("contexts", &["deny"], &["share", "collect"])],
        ),
        // An adverb between the denial and its verb; what the verb's list goes on with behind the comma.
        (
            "## 一、支付\n\n我们只读取结果，而不会直接收集您的指纹。\n",
            &[("contexts", &["deny"], &["collect"]), ("items", &[], &["指纹"])],
        ),
        (
            "## 一、广告\n\n我们不会根据您的敏感信息推荐内容，例如您的病历、行踪轨迹。\n",
            &[("contexts", &["deny"], &["use", "collect"])],
        ),
        // Whoever keeps the password to himself is the reader, and so is whoever has us stop.
        ("## 一、安全\n\n建议您不将自己的支付密码告知他人。\n", &[("contexts", &["protect"], &["deny", "share"])]),
        (
            "## 一、位置\n\n您可以关闭定位权限，停止我们对您的精确位置信息的收集。\n",
            &[("contexts", &["right"], &["deny", "collect"])],
        ),
    ]);
}

#[test]
fn what_a_denial_does_not_reach() {
    hold(&[
        (
            "## 一、提供\n\n我们不会将您的身份证号码用于广告，但会依法将您的身份证号码报送给公安机关。\n",
            &[("contexts", &["deny", "share"], &[]), ("kinds", &["authorities"], &[])],
        ),
        // Two halves of a sentence say two things.
        (
            "## 一、推荐\n\n我们根据您的浏览记录排列首页；您的浏览记录不会提供给第三方。\n",
            &[("points", &[], &["history-shared"]), ("contexts", &["deny"], &["share"])],
        ),
        (
            "## 一、Cookie\n\n本站从未在您的电脑上放置Cookie，也不使用信标。\n",
            &[("points", &[], &["third-party-trackers"])],
        ),
        // What the reader need not grant is not taken; what a later version depends on neither.
        (
            "## 一、选择\n\n拒绝授权：通讯录、短信等权限，你都可以选“不允许”，打卡照常可用。\n",
            &[("points", &[], &["contacts-or-messages"]), ("contexts", &["right"], &["collect"])],
        ),
        (
            "## 一、版本\n\n如未来版本上线刷脸签到而须采集您的人脸信息，届时我们将再次征得您的同意。\n",
            &[("points", &[], &["face-or-biometrics"])],
        ),
    ]);
}
