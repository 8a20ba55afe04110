//! Sentences of our own → their practices: who does what with which information, to whom, in which mode. One row a rule.

use policy_reader::practices::{Practice, sentence};
use policy_reader::text::part;
use policy_reader::{Options, analyze};

/// `actor action mode: objects > recipients`, generic objects in brackets.
fn said(text: &str, p: &Practice) -> String {
    let words = |start: usize, end: usize| part(text, start, end).to_owned();
    let objects: Vec<String> = p
        .objects
        .iter()
        .map(|o| {
            let words = words(o.span.start(), o.span.end());
            if o.generic { format!("[{words}]") } else { words }
        })
        .collect();
    let to: Vec<String> = p
        .recipients
        .iter()
        .map(|r| words(r.span.start(), r.span.end()) + &r.kind.map(|k| format!("={k}")).unwrap_or_default())
        .collect();
    let to = if to.is_empty() { String::new() } else { format!(" > {}", to.join(" ")) };
    format!("{} {} {}: {}{to}", p.actor.as_str(), p.action.as_str(), p.mode.as_str(), objects.join(" "))
}

fn practices(text: &str) -> Vec<String> {
    sentence(text).iter().map(|p| said(text, p)).collect()
}

/// Each case is a text, what is told of it, and why.
fn all(cases: &[(&str, &str, &str)], told: impl Fn(&str) -> String) {
    let wrong = cases.iter().filter(|(text, want, _)| told(text) != *want);
    let wrong: Vec<String> =
        wrong.map(|(text, want, why)| format!("{text} ({why})\n  want {want}\n  got  {}", told(text))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_member_is_a_noun_phrase() {
    let cases: &[(&str, &str, &str)] = &[
        ("我们会收集您的手机号码、用户名、密码。", "手机号码 用户名 密码", "a user's name is no name of the user's"),
        ("我们会收集您的昵称、您填写的生日、车牌号。", "昵称 生日 车牌号", "which one, behind a comma"),
        ("我们会收集您的昵称、重设密码。", "昵称", "something that is done is no information"),
        ("我们会收集您的昵称、关联时长。", "昵称 关联时长", "what is kept of it is"),
        ("您需要提供邮箱，并创建您的会员名。", "邮箱 会员名", "what is made is given"),
        ("我们会收集您的昵称、找回您的聊天记录。", "昵称", "a deed to what is the reader's"),
        ("我们会收集您的手机号码完成核验。", "手机号码", "up to what it is for"),
        ("我们会收集您的步数、问卷中。", "步数", "a place is none"),
        ("我们会收集您的设备或软件信息。", "设备或软件信息", "one noun for two"),
        ("我们会收集您的浏览、搜索、点赞记录。", "浏览、搜索、点赞记录", "one noun for a list of deeds"),
        ("我们会收集您接入网络的方式、类型和状态。", "接入网络的方式、类型和状态", "kinds of the first"),
        ("我们会收集您的抬头、祝语及送达日期。", "抬头 祝语 送达日期", "a day needs no second word"),
        ("我们会收集您的姓名以及其他与订单有关的联系方式。", "姓名 联系方式", "and others"),
        ("我们会收集手机号码是敏感信息。", "", "a sentence is none"),
        ("我们会收集您的位置、获取设备型号。", "位置 设备型号", "behind the verb of taking"),
        ("验光师会记下您的度数、瞳距和散光轴位。", "度数 瞳距 散光轴位", "whose they are is told once"),
        ("开户时，须录入户名、开户行、账号。", "户名 开户行 账号", "asked of whoever reads"),
        (
            "我们会收集经过哈希加密的广告标识符、屏幕分辨率。",
            "广告标识符 屏幕分辨率",
            "what went through something is no condition",
        ),
        ("我们会收集您的月经史和既往病史。", "月经史 既往病史", "a word for 'if' inside of a noun"),
        ("我们已取得经营许可证书。", "", "what we got is not the reader's"),
        ("我们会从这些平台取得您的头像和昵称。", "头像 昵称", "but this is"),
        ("您登录账户使用的手机号码，您填写的昵称、年级。", "手机号码 昵称 年级", "what one signs in with"),
        (
            "我们会收集您的操作数据（如按压次数、滑动方向、停留页面）。",
            "操作数据 按压次数 滑动方向 停留页面",
            "a bracket says that it lists",
        ),
        ("我们会收集设备标识（安卓如OAID、序列号，苹果如IDFA）。", "设备标识 OAID 序列号 IDFA", "each system's own"),
        (
            "我们会收集您的联系方式（您填写的手机号码、微信号或其他方式）。",
            "联系方式 手机号码 微信号",
            "the reader's own words are no remark",
        ),
        ("我们会收集与您的订单相关的数据。", "订单", "what data are on"),
        ("我们会收集您的登录日志、棋牌对局信息。", "登录日志 棋牌对局信息", "a word for 'take' inside of a noun"),
        ("我们会收集您的个人信息的类型和目的。", "", "a kind of all information is none"),
        ("我们可能记录相关信息，包括您使用球场的频率、时长。", "使用球场的频率、时长", "a relative clause in a list"),
        ("您需提供手机号码完成认证或线下核对。", "手机号码", "what it is for has members, too"),
        ("我们会收集您的录音内容以响应您的诉求。", "录音内容", "so as to do what no list has"),
        ("本产品提供的体检报告、睡眠报告仅供参考。", "", "what we provide"),
        ("您不得提供虚假信息（包括姓名、住址）。", "", "false particulars"),
        (
            "我们不会采集任何可识别个人身份的信息，例如您的人脸、指纹。",
            "人脸 指纹",
            "what tells who it is, with examples",
        ),
        ("保存在您电脑上的Cookie可以记录您的密码。", "", "what a browser remembers"),
    ];
    all(cases, |text| {
        let found = sentence(text);
        let own = found.iter().flat_map(|p| p.objects.iter().filter(|o| !o.generic));
        let words: Vec<&str> = own.map(|o| part(text, o.span.start(), o.span.end())).collect();
        words.join(" ")
    });
}

#[test]
fn a_name_runs_to_the_edges_of_its_phrase() {
    let cases: &[(&str, &str, &str)] = &[
        ("（3）和雁云SDK：收集设备型号。", "和雁云SDK", "a conjunction joins nothing where a line starts"),
        ("我们使用和雁云SDK。", "和雁云SDK", "nor behind a verb"),
        ("我们使用鹤云SDK和雁云SDK。", "鹤云SDK 雁云SDK", "between two names it does"),
        ("登录、支付、推送SDK会收集设备型号。", "", "what somebody does is nobody"),
        ("我们接入了友盟统计、极光推送等第三方SDK。", "友盟统计 极光推送", "a known company and what it does"),
        ("推送SDK（集成了华为、小米的SDK）会收集设备型号。", "华为 小米", "whose kits are built in"),
        ("通话录音会上传至阿里云保存。", "阿里云", "whose cloud keeps it"),
        (
            "我们将地址提供给我们委托的配送合作方（包括白鹭物流有限公司、灰雁快运有限公司）。",
            "白鹭物流有限公司 灰雁快运有限公司",
            "whom we charge with it",
        ),
        (
            "我们会将手机号提供给我们的关联公司 Larch Holdings Pte. Ltd.。",
            "Larch Holdings Pte. Ltd.",
            "a legal form of two words",
        ),
        (
            "我们会将录音提供给以下服务商：百度语音、青瓷云和Sentry。",
            "百度语音 青瓷云 Sentry",
            "a list behind who they are",
        ),
        (
            "我们委托供应商处理您的照片，诸如岭南木云计算有限公司等。",
            "岭南木云计算有限公司",
            "companies behind what is given",
        ),
        (
            "应用集成了以下第三方SDK：极光（推送）、禾雀短信（验证码）、蓝鲸统计（崩溃分析）。",
            "极光 禾雀短信 蓝鲸统计",
            "a trade that is information, too",
        ),
        ("11、云湖开放平台SDK：我们接入了该SDK。", "云湖开放平台SDK", "a label names a kit"),
    ];
    all(cases, |text| {
        let found = sentence(text);
        let own = found.iter().flat_map(|p| p.recipients.iter().filter(|r| r.name));
        let mut words: Vec<&str> = own.map(|r| part(text, r.span.start(), r.span.end()).trim()).collect();
        words.dedup();
        words.join(" ")
    });
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table")]
fn a_sentence_says_who_does_what() {
    let cases: &[(&str, &[&str], &str)] = &[
        ("支付宝会收集您的姓名。", &["third-party collect does: 姓名 > 支付宝"], "everybody knows who that is"),
        (
            "我们会获取您的账号信息、网络信息和相册权限。",
            &["we collect does: 账号信息 网络信息", "we ask-permission does: 账号信息 网络信息"],
            "a permission asked for beside data",
        ),
        (
            "我们会把保单资料交给再保险公司复核。",
            &["we share does: 保单资料 > 再保险公司"],
            "who somebody is, not what he does",
        ),
        (
            "我们会将金额传给您选择的银行或支付机构。",
            &["we share does: 金额 > 银行=payment 支付机构=payment"],
            "whom the reader chose",
        ),
        ("我们会收集您的车牌号和停车时长。", &["we collect does: 车牌号 停车时长"], "verb, object, conjunction"),
        (
            "您需要填写收件人姓名、门牌号。",
            &["you collect does: 收件人姓名 门牌号"],
            "what the reader gives is collected",
        ),
        (
            "第三方支付机构可能会收集您的卡号。",
            &["third-party collect does: 卡号 > 第三方", "we share does:  > 第三方支付机构=payment"],
            "a noun behind 'third party'",
        ),
        ("我们建议您设置口令时请使用长口令。", &[], "advice"),
        ("请您查看账单。", &["you may does: "], "what the reader does is no collecting"),
        (
            "我们收集、使用您的步数。",
            &["we collect does: 步数", "we use does: 步数"],
            "coordinated verbs have one object",
        ),
        (
            "我们会收集浏览记录、搜索记录和心率。",
            &["we collect does: 浏览记录 搜索记录 心率"],
            "a verb's word may be a noun",
        ),
        ("我们将您的头像提供给合作方。", &["we share does: 头像 > 合作方=partners"], "将 O V给 R"),
        ("我们会与关联公司共享您的订单。", &["we share does: 订单 > 关联公司=affiliates"], "与 R V O"),
        ("我们会向您提供天气信息。", &[], "what the reader gets is no sharing"),
        ("我们会收集您提供的昵称。", &["we collect does: 昵称"], "a relative clause is no part of the name"),
        (
            "我们收集的信息包括音量、屏幕亮度、机身温度。",
            &["we collect does: [信息] 音量 屏幕亮度 机身温度"],
            "a relative verb with its list",
        ),
        ("为完成配送，我们需要您提供门牌号。", &["you collect does: 门牌号"], "a purpose before the verb"),
        ("我们会收集门牌号，用于识别楼栋号码。", &["we collect does: 门牌号"], "nothing in a purpose is collected"),
        (
            "我们会收集设备信息（型号、内存大小、电池电量）。",
            &["we collect does: 设备信息 型号 内存大小 电池电量"],
            "a bracket with a list is opened",
        ),
        (
            "我们会收集设备识别码（IMEI）。",
            &["we collect does: 设备识别码（IMEI）"],
            "another name stays with its item",
        ),
        ("我们会收集昵称（以下简称“名字”）。", &["we collect does: 昵称"], "a remark is none"),
        ("我们会收集IMEI/OAID/MAC地址。", &["we collect does: IMEI OAID MAC地址"], "slashes between items"),
        (
            "我们会收集设备名称和型号。",
            &["we collect does: 设备名称和型号"],
            "a relational noun belongs to the first member",
        ),
        (
            "我们会收集亮度、音量、机身温度以及坐垫颜色。",
            &["we collect does: 亮度 音量 机身温度 坐垫颜色"],
            "most of a long list are known",
        ),
        (
            "您需向云雀提供您的门牌号。",
            &["you collect does: 门牌号 > 云雀"],
            "what the reader gives to a name that is nobody else's comes to us",
        ),
        ("您的门牌号将被我们收集。", &["we collect does: 门牌号"], "a passive with its agent"),
        (
            "我们会在您同意的前提下匿名收集您的年龄。",
            &["we collect only-if: 年龄"],
            "a condition between modal and verb",
        ),
        (
            "我们会收集浏览网页的时长、验证码。",
            &["we collect does: 浏览网页的时长 验证码"],
            "a name may start like a verb",
        ),
        (
            "我们会收集进程信息、音量。",
            &["we collect does: 进程信息 音量"],
            "a particle inside of a name is part of it",
        ),
        ("我们仅在必要期间内存储您的车牌号。", &["we store does: 车牌号"], "no noun is followed by whose it is"),
        ("您可以在云雀上传您的头像。", &["you collect does: 头像"], "a modal before the place"),
        (
            "我们会收集您的资料，包括坐垫颜色、鞋码。",
            &["we collect does: [资料] 坐垫颜色 鞋码"],
            "what 'including' lists of information are items",
        ),
        (
            "您可以选择提供坐垫颜色、鞋码、身高等信息。",
            &["you collect does: 坐垫颜色 鞋码 身高"],
            "a list that ends with 'and other information' holds items only",
        ),
        ("我们会收集坐标（不会收集行程、轨迹）。", &["we collect does: 坐标"], "a bracket that denies gives no items"),
        ("我们会收集网卡（MAC）地址。", &["we collect does: 网卡（MAC）地址"], "a bracket within a name"),
        ("手机号属于敏感信息。", &[], "what is said of an item is no name"),
        (
            "我们和关联公司会共享您的订单。",
            &["we share does: 订单 > 关联公司=affiliates"],
            "'we and …' share with each other",
        ),
        (
            "您同意并授权云雀收集您的订单。",
            &["we collect does: 订单"],
            "the reader lets somebody do it who has no word of the grammar",
        ),
        ("日志信息，当您使用时，我们会收集。", &["we collect does: 日志信息"], "a label that the clause opens with"),
        (
            "我们可能会与委托我们进行推广的合作伙伴共享您的订单。",
            &["we share does: 订单 > 委托我们进行推广的合作伙伴=partners"],
            "a relative clause tells which recipient",
        ),
        (
            "我们会委托物流公司处理您的订单。",
            &["we entrust does:  > 物流公司=logistics", "we use does: 订单"],
            "who is entrusted gets it",
        ),
        (
            "您发布的评论会展示给其他用户。",
            &["we share does: 发布的评论 > 其他用户=users"],
            "who publishes is said of the noun",
        ),
        (
            "您同意：云雀可以将您的订单提供给关联公司。",
            &["we share does: 订单 > 关联公司=affiliates"],
            "what the reader agrees to is done by us",
        ),
        (
            "我们通过华为推送SDK获取您的订单。",
            &["third-party collect does: 订单 > 华为推送SDK=sdk"],
            "a particle in a known name",
        ),
        (
            "我们会上传崩溃日志至百度统计平台。",
            &["we share does: 崩溃日志 > 百度统计平台"],
            "who gets it may stand behind the object",
        ),
        ("订单保存在您的设备上。", &["we store does: 订单"], "where it is kept is no item"),
        ("我们会收集快乐。", &[], "one unknown word alone is no item"),
        ("我们会收集寄件人的姓名、电话和地址。", &["we collect does: 姓名 电话 地址"], "name and address are two"),
        (
            "您需要填写琴盒编号、肩托款式与弓毛张力。",
            &["you collect does: 琴盒编号 肩托款式 弓毛张力"],
            "what is named beside an item is one, where the reader is asked for it",
        ),
        ("您需要填写寄语、署名。", &["you collect does: 寄语 署名"], "a list of nouns that the reader is asked for"),
        ("还请提供琴盒编号与弓毛张力。", &["you collect does: 琴盒编号 弓毛张力"], "an imperative asks the reader"),
        (
            "我们会使用琴盒编号、弓毛张力。",
            &["we use does: 琴盒编号"],
            "what is only used tells nothing of its neighbour",
        ),
        (
            "我们会对您进行活体检测，并收集您的面部照片、入职体检结论。",
            &["we collect does: 面部照片 入职体检结论"],
            "what is done to a person takes nothing",
        ),
        ("我们会收集您家的水表编号。", &["we collect does: 水表编号"], "whose it is is no part of its name"),
        ("我们使用加密技术保护服务。", &[], "means are no information"),
        ("手环会把心率传给我们。", &["we collect does: 心率"], "what is sent to us comes in"),
        ("我们会把照片传到服务器。", &["we collect does: 照片"], "a machine that nobody owns is with us"),
        ("我们会把车牌号发到您的手机。", &[], "what the reader gets is no sharing"),
        (
            "我们会把车牌号传给您所在的学校。",
            &["we share does: 车牌号 > 学校"],
            "a school that the reader goes to is not the reader",
        ),
        ("我们拿您的照片核验身份。", &["we use does: 照片"], "a preposition that is never a modal"),
        ("我们把浏览记录卖给第三方。", &["we share does: 浏览记录 > 第三方"], "the last of what is given is a noun"),
        ("车牌号我们只存三年。", &["we store does: "], "a verb of one character before a number"),
        ("您可以要求我们删除车牌号。", &["you may does: 车牌号"], "what the reader asks of us"),
        ("厨师可以删除自己的车牌号。", &["you may does: 车牌号"], "whoever may do it with what is his is the reader"),
        ("车牌号会张贴在公告栏。", &["we publish does: 车牌号"], "where it stands is no object"),
    ];
    for (text, want, why) in cases {
        assert_eq!(&practices(text), want, "{why}: {text}");
    }
}

#[test]
fn negation_and_condition_have_a_scope() {
    let cases = [
        ("我们不会收集您的通讯录。", "we collect does-not: 通讯录"),
        ("我们不会将您的通讯录提供给广告主。", "we share does-not: 通讯录 > 广告主=advertisers"),
        ("未经您同意，我们不会共享您的手机号。", "we share only-if: 手机号"),
        ("除非征得您的同意，我们不会公开您的手机号。", "we publish only-if: 手机号"),
        ("我们会在您同意后收集您的手机号。", "we collect only-if: 手机号"),
        ("将来我们会收集您的手机号。", "we collect might: 手机号"),
        ("当您购票时，我们会收集您的手机号。", "we collect does: 手机号"),
        // A denial goes on until something is done, somebody else acts or the sentence contrasts.
        ("我们不会为了推广，将您的手机号交给广告主。", "we share does-not: 手机号 > 广告主=advertisers"),
        ("我们不会应合作方的请求，把您的手机号卖给第三方。", "we share does-not: 手机号 > 第三方"),
        ("我们不会把您的手机号贴出或者把您的照片卖给第三方。", "we share does-not: 照片 > 第三方"),
        ("我们不会回传、存储或与第三方共享您的手机号。", "we share does-not: 手机号 > 第三方"),
        ("我们不会把手机号给别人。", "we share does-not: 手机号"),
        ("我们不会出租您的手机号，或将您的照片卖给第三方。", "we share does-not: 手机号 照片"),
        ("我们的业务不涉及个人信息的跨境传输。", "we send-abroad does-not: "),
        ("如需跨境传输的，我们会征得您的同意。", "we send-abroad only-if: "),
        ("您不选择登录，您可以填写手机号。", "you collect does: 手机号"),
        ("我们停止收集您的手机号，我们会删除您的照片。", "we delete does: 照片"),
        ("未领取的手机号由我们删除。", "we delete does: "),
        ("我们停止运营的，我们会删除您的手机号。", "we delete does: 手机号"),
        // The future of a sentence, but not that of a way to do it, nor of what is done now.
        ("将来如果开通刷脸，我们会收集您的人脸信息。", "we collect might: 人脸信息"),
        ("将来会开通刷脸，目前我们收集您的手机号。", "we collect does: 手机号"),
        // Others, who have to do neither with us nor with the reader.
        ("部分同类产品会收集您的手机号，但我们不会。", "third-party collect quoted: 手机号"),
    ];
    for (text, want) in cases {
        let found = practices(text);
        assert!(found.iter().any(|f| f.starts_with(want)), "{text}: {found:?}");
    }
    let for_now = sentence("我们目前不会收集您的通讯录。");
    assert!(for_now.iter().all(|p| p.now) && !for_now.is_empty(), "'for now' is kept");
    let conditions = sentence("当您购票时，我们会收集您的手机号。");
    assert_eq!(conditions.first().map(|p| p.conditions.len()), Some(1));
    let purposes = sentence("我们会收集您的手机号，用于通知航班变动。");
    assert_eq!(purposes.first().map(|p| p.purposes.len()), Some(1));
}

/// `purposes ? conditions` of the practices of a text, each of those that have some.
fn aims(text: &str) -> Vec<String> {
    let words = |spans: &[policy_reader::text::Span]| {
        spans.iter().map(|s| part(text, s.start(), s.end())).collect::<Vec<_>>().join("|")
    };
    let told = |p: &&Practice| !p.purposes.is_empty() || !p.conditions.is_empty();
    let all = sentence(text);
    all.iter().filter(told).map(|p| format!("{} ? {}", words(&p.purposes), words(&p.conditions))).collect()
}

#[test]
fn a_purpose_and_a_condition_have_an_end() {
    let cases: &[(&str, &str, &str)] = &[
        (
            "为了核对票面，减少排队，我们会收集您的车牌号。",
            "为了核对票面|减少排队 ? ",
            "what opens the sentence is for its verb",
        ),
        (
            "为了核对票面，帮助我们更快地放行，我们会收集您的车牌号。",
            "为了核对票面|帮助我们更快地放行 ? ",
            "who is helped",
        ),
        ("我们会收集您的车牌号，让您可以直接进场。", "让您可以直接进场 ? ", "who is let do it"),
        ("为保证您能够正常进场，我们会收集您的车牌号。", "为保证您能够正常进场 ? ", "what he then can is part of it"),
        ("我们会收集您的车牌号，以便我们能联系您。", "以便我们能联系您 ? ", "so are we"),
        ("为方便您使用我们的车场，我们会收集您的车牌号。", "为方便您使用我们的车场 ? ", "our service is an object"),
        ("为了核对票面我们会收集您的车牌号。", "为了核对票面 ? ", "our verb is not"),
        ("为了在您进场时认出车辆，我们会收集您的车牌号。", "为了在您进场时认出车辆 ? ", "a time in it"),
        ("征得您的同意后，我们会收集您的车牌号。", " ? 征得您的同意后", "consent that comes first"),
        ("我们会收集您的车牌号，如果您拒绝，您将无法进场。", "", "a condition of what follows"),
        ("我们会收集您的车牌号，除非您步行进场。", " ? 除非您步行进场", "one that closes the sentence"),
        ("征得同意：征得您的同意后，我们会收集您的车牌号。", " ? 征得您的同意后", "a label is none"),
        ("我们可能会按照交通管理规定，收集您的车牌号。", " ? 按照交通管理规定", "behind who acts"),
        ("我们会根据您的车牌号提供车位。", "", "what is the reader's is no rule"),
        ("验证您的取车密码，以防冒领。", "以防冒领 ? ", "a verb of its own"),
    ];
    all(cases, |text| aims(text).join(" & "));
}

/// The spans of a line by role, `role=words|words`, those that there are.
fn roles(line: &str) -> String {
    let told = policy_reader::practices::spans::spans(line).into_iter().filter(|(_, spans)| !spans.is_empty());
    let words = |spans: Vec<policy_reader::text::Span>| {
        spans.iter().map(|s| part(line, s.start(), s.end())).collect::<Vec<_>>().join("|")
    };
    told.map(|(role, spans)| format!("{role}={}", words(spans))).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_line_has_its_spans_by_role() {
    let cases: &[(&str, &str, &str)] = &[
        ("我们会收集和使用您的车牌号。", "data=车牌号 collect=收集|使用 handler=我们", "each verb"),
        (
            "我们会把您的车牌号交给任何其他公司和个人。",
            "data=车牌号 share=交 handler=我们 subjects=任何其他公司和个人",
            "to the edges",
        ),
        ("您需要填写车牌号。", "data=车牌号 share=填写 handler=您", "what the reader hands over is given"),
        ("如果您不提供这些信息，不影响停车。", "", "in a condition nothing is done"),
        ("您可以不填写车牌号。", "", "nor where the reader need not"),
        ("我们会收集这些信息。", "collect=收集 handler=我们", "a bare word tells nothing of which"),
        (
            "我们不会向第三方提供您的车牌号。",
            "data=车牌号 share=提供 handler=我们 subjects=第三方",
            "what is denied is told",
        ),
        ("我们不会收集您的车牌号。", "", "what nobody takes in"),
        ("您可以查询、更正车牌号。", "", "a right handles nothing"),
        (
            "我们会收集您的姓名，用于登记。",
            "data=姓名 collect=收集 handler=我们 purpose=用于登记",
            "two characters of an item",
        ),
        (
            "我们会与提供清洗、维护服务的合作伙伴共享您的车牌号。",
            "data=车牌号 share=共享 handler=我们 subjects=提供清洗|维护服务的合作伙伴",
            "what tells who they are",
        ),
    ];
    all(cases, roles);
}

#[test]
fn the_next_sentence_tells_what_for() {
    let purposes = |text: &str| {
        let view = analyze(&format!("隐私政策\n\n{text}\n"), &Options::default()).view();
        view.facts.data_items.iter().map(|i| i.purpose.clone().unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(purposes("我们会收集您的年龄。上述信息用于推荐书籍。"), ["推荐书籍"]);
    assert_eq!(purposes("我们会收集您的年龄。我们用于推荐的是书籍。"), [""], "another sentence");
    assert_eq!(purposes("我们会收集您的年龄，用于统计。上述信息用于推荐书籍。"), ["统计"], "its own purpose counts");
}

#[test]
fn lists_tables_and_kits_inherit() {
    let policy = "# 云雀听书隐私政策\n\n## 一、我们收集的信息\n\n我们会收集以下信息：\n\n1. 设备信息：设备型号、系统版本；\n\n2. 书架内容、听书时长、音量。\n\n我们不会收集以下信息：\n\n1. 通话记录、短信内容、相册照片。\n\n## 二、第三方\n\n| 第三方名称 | 公司名称 | 收集的信息 | 使用目的 |\n|---|---|---|---|\n| 晨星推送 | 晨星（杭州）科技有限公司 | 网络类型、机身温度 | 推送消息 |\n\n我们接入了远帆SDK，它会收集您的电池电量。\n\n我们会与广告主、物流公司共享您的收货地址。\n\n## 三、权限\n\n| 权限名称 | 使用场景 | 是否可关闭 |\n|---|---|---|\n| 相机 | 扫描封面 | 是 |\n";
    let view = analyze(policy, &Options::default()).view();
    let items: Vec<&str> = view.facts.data_items.iter().map(|i| i.item.as_str()).collect();
    for want in ["设备型号", "系统版本", "听书时长", "音量", "网络类型", "机身温度", "电池电量"]
    {
        assert!(items.contains(&want), "{want} in {items:?}");
    }
    for not in ["通话记录", "短信内容", "相册照片"] {
        assert!(!items.contains(&not), "{not} in {items:?}");
    }
    let third: Vec<(&str, &str, &str)> = view
        .facts
        .third_parties
        .iter()
        .map(|t| (t.name.as_str(), t.company.as_deref().unwrap_or(""), t.role))
        .collect();
    assert_eq!(third, [("晨星推送", "晨星（杭州）科技有限公司", "push"), ("远帆SDK", "", "other")]);
    let asked: Vec<(&str, Option<&str>)> =
        view.facts.permissions.iter().map(|p| (p.name.as_str(), p.purpose.as_deref())).collect();
    assert_eq!(asked, [("相机", Some("扫描封面"))], "'names of permissions' heads permissions");
    let kinds: Vec<&str> = view.facts.recipient_kinds.iter().map(|k| k.value).collect();
    for want in ["advertisers", "logistics", "sdk"] {
        assert!(kinds.contains(&want), "{want} in {kinds:?}");
    }
}

/// What a policy of a heading and lines tells: kinds of what is collected and who gets it, rights and points.
fn told(heading: &str, lines: &[&str]) -> (Vec<String>, Vec<&'static str>, Vec<&'static str>) {
    let text = format!(
        "# 竹筏游记用户协议\n\n感谢您选择竹筏游记，请先读完本协议。\n\n## 一、{heading}\n\n{}\n\n## 二、联系\n\n邮箱：a@zhufa.example\n",
        lines.join("\n\n")
    );
    let view = analyze(&text, &Options::default()).view();
    let items = view.facts.data_items.iter().map(|i| i.item.clone());
    let rights = view.facts.rights.iter().map(|r| r.right);
    (items.collect(), rights.collect(), view.attention.iter().map(|a| a.rule).collect())
}

#[test]
fn what_the_reader_owes_is_no_practice_of_ours() {
    let none: [(&str, &[&str]); 7] = [
        ("服务内容", &["用户不得上传他人的照片、身份证号，不得利用本服务发布商业广告或收集他人的位置信息。"]),
        (
            "服务内容",
            &["您不得从事以下行为：", "（1）收集、存储他人的手机号码；", "（2）上传含有他人密码的邮件，用于商业广告。"],
        ),
        ("服务内容", &["您应妥善保管您的账号和密码，并对使用该账号的行为负责。"]),
        ("服务内容", &["请使用复杂密码，保护您的账号安全。"]),
        ("用户禁止行为", &["（1）请求、收集他人的账号、密码；", "（2）将垃圾邮件、照片加以上传。"]),
        (
            "免责声明",
            &[
                "因用户所在位置、通讯录同步失败或短信延迟造成的损失，由用户自行承担。",
                "搜索结果可能引导您查看、复制不适当的信息。",
            ],
        ),
        ("知识产权", &["未经许可，任何人不得复制、修改本产品的图片、录音。"]),
    ];
    for (heading, lines) in none {
        let (items, rights, points) = told(heading, lines);
        assert!(items.is_empty() && rights.is_empty(), "{heading} {lines:?}: {items:?} {rights:?}");
        let of_terms = ["liability-shift", "sole-discretion"];
        assert!(points.iter().all(|rule| of_terms.contains(rule)), "{heading} {lines:?}: {points:?}");
    }
}

#[test]
fn what_we_do_is_told_in_whatever_chapter() {
    let some: [(&str, &str, &str); 6] = [
        ("账号", "您应当向我们提供您的手机号码。", "手机号码"),
        ("账号", "您必须遵守法律，我们会收集您的手机号码。", "手机号码"),
        ("法律责任", "为处理投诉，我们会收集您的手机号码。", "手机号码"),
        ("用户行为规范", "用户注册时需要提供身份证号。", "身份证号"),
        ("个人信息与知识产权", "我们收集手机号码。", "手机号码"),
        ("服务内容", "请您注意，我们会收集您的手机号码。", "手机号码"),
    ];
    for (heading, line, item) in some {
        assert!(told(heading, &[line]).0.iter().any(|i| i == item), "{heading}: {line}");
    }
}

/// Who may do something in a text, by place: `-` for a modal whose subject is left out.
fn mays(text: &str) -> String {
    let analysis = analyze(text, &Options::default());
    let all = (0..analysis.clauses.len()).flat_map(|clause| analysis.practices.mays(clause));
    all.map(|may| may.actor.map_or("-", |actor| actor.as_str())).collect::<Vec<_>>().join(" ")
}

#[test]
fn who_may_is_told_apart_from_when_one_does() {
    let cases: &[(&str, &str, &str)] = &[
        ("您可以删除信息。", "you", "the reader may"),
        ("我们可以删除信息。", "we", "we may"),
        ("云雀可以删除信息。", "third-party", "a name that no list has may"),
        ("您删除信息时，数据不会保留。", "", "a condition lets nobody do anything"),
        ("当您可以查看记录时，我们会提醒您。", "", "nor where it holds a modal"),
        ("您不能删除信息。", "", "a denied modal"),
        ("如您想删除信息，可以拨打电话。", "you", "whom the condition speaks of"),
        ("您认为信息有误的，有权要求更正。", "you", "who opens the stretch before goes on"),
        ("云雀发现用户违规，有权删除信息。", "third-party", "who is named in what another does, does not"),
        ("不想再用的，可以删除信息。", "-", "nobody is named"),
        ("如果您看不懂我们怎么用，可以问。", "you", "a condition is not over at who acts in it"),
        ("您可以随时在设置里更正，也可以删除。", "you you you", "one behind the other, and in the next stretch"),
        ("您可以更正，我们可以拒绝。", "you we", "until another is named"),
        ("厨师可以更正自己的信息。", "you", "whoever may do that to his own"),
        ("我们提供入口，以便您可以更正。", "you", "so that the reader may"),
        ("我们会发短信（您可以退订）。", "you", "in a bracket"),
        ("老人去世后，其近亲属可以查阅。", "you", "those who act for the reader"),
    ];
    for (text, who, why) in cases {
        assert_eq!(mays(text), *who, "{text}: {why}");
    }
}
