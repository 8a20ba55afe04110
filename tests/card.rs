//! Short policies of our own → the line of a slot: what the card may name, and from which clause.

use policy_reader::view::View;
use policy_reader::{Options, analyze};

/// The head of a policy that is one.
const HEAD: &str = "# 松果云隐私政策\n\n松果云由杭州松果云科技有限公司（以下简称“我们”）运营。\n\n";

fn view(body: &str) -> View {
    analyze(&format!("{HEAD}{body}"), &Options::default()).view()
}

/// What a slot says, and the clauses that it links.
fn line(body: &str, slot: &str) -> (String, Vec<String>) {
    let view = view(body);
    let text = |id: &String| view.clauses.iter().find(|c| c.id == *id).map_or(String::new(), |c| c.text.clone());
    let found = view.summary.iter().find(|line| line.slot == slot);
    found.map_or_else(Default::default, |line| (line.text.clone(), line.evidence.iter().map(text).collect()))
}

/// Each body has what a line must and must not say.
fn hold(rows: &[(&str, &str, &[&str], &[&str])]) {
    for (slot, body, has, lacks) in rows {
        let (said, _) = line(body, slot);
        for word in *has {
            assert!(said.contains(word), "{slot} lacks {word}: {said}\n{body}");
        }
        for word in *lacks {
            assert!(!said.contains(word), "{slot} has {word}: {said}\n{body}");
        }
    }
}

const COLLECT: &str = "## 一、我们收集的信息\n\n";

#[test]
fn items_are_named_where_a_practice_takes_them() {
    hold(&[
        // A duty, advice and what the reader publishes are none of our doings.
        (
            "collect",
            "## 一、我们收集的信息\n\n注册时，我们会收集您的手机号码。您应妥善保管您的密码。\n",
            &["手机号码"],
            &["密码"],
        ),
        (
            "collect",
            "## 一、我们收集的信息\n\n我们会收集您的手机号码。请注意，您发布的照片可能包含您的身份证号码。\n",
            &["手机号码"],
            &["身份证"],
        ),
        // The policy's own words, not another's of the kind.
        (
            "collect",
            "## 一、我们收集的信息\n\n为了开具发票，我们会收集您的联系电话和单位名称。\n",
            &["联系电话", "单位名称"],
            &["手机号"],
        ),
        // What stands behind the item says what it is for.
        (
            "collect",
            "## 一、我们收集的信息\n\n我们会收集您的姓名和身份证号码完成实名认证。\n",
            &["身份证号码", "姓名"],
            &["实名认证"],
        ),
        // A later version would ask again.
        (
            "collect",
            "## 一、我们收集的信息\n\n我们会收集您的设备型号。如果将来更新后需要收集通讯录，我们会再次征得您的同意。\n",
            &["设备型号"],
            &["通讯录"],
        ),
    ]);
}

#[test]
fn sensitive_things_go_by_their_own_words() {
    hold(&[
        (
            "sensitive",
            "## 一、我们收集的信息\n\n实名认证时，我们会收集您的身份证号码和银行卡号。\n",
            &["身份证号码", "银行卡号"],
            &["财产账户"],
        ),
        ("sensitive", "## 一、我们收集的信息\n\n体检预约时，我们会收集您的病历。\n", &["病历"], &[]),
        (
            "sensitive",
            "## 一、我们收集的信息\n\n我们会收集您的银行卡号。因您所在位置的网络故障造成的损失，我们不承担责任。\n",
            &["银行卡号"],
            &["位置"],
        ),
    ]);
}

#[test]
fn names_of_one_kind_may_share_a_character() {
    let body = format!("{COLLECT}请注意，您可以向我们提供支付账号、银行卡号。\n");
    hold(&[("sensitive", &body, &["支付账号", "银行卡号"], &[])]);
}

#[test]
fn the_type_of_a_document_is_not_told_for_its_number() {
    let body = format!("{COLLECT}我们会收集您的证件类型、证件号码。\n");
    hold(&[("sensitive", &body, &["证件号码"], &["证件类型"])]);
}

#[test]
fn evidence_is_the_clause_that_states_it() {
    let body = format!("{COLLECT}您可以凭手机号码找回账号。\n\n注册时，我们会收集您的手机号码和姓名。\n");
    let (said, evidence) = line(&body, "collect");
    assert_eq!(evidence, ["注册时，我们会收集您的手机号码和姓名。"], "{said}");
}

#[test]
fn recipients_get_something_from_us() {
    hold(&[
        (
            "share",
            "## 一、信息的共享\n\n我们会将您的收货地址提供给物流公司。其他用户发布的照片中可能有您的信息。\n",
            &["物流"],
            &["其他用户"],
        ),
        (
            "share",
            "## 一、信息的共享\n\n我们会将您的订单信息提供给支付机构。\n\n以下情形无需征得您的同意：\n\n1. 您自行向社会公众公开的个人信息。\n",
            &["支付机构"],
            &["公众"],
        ),
        // What is not done without consent is not told as done.
        (
            "share",
            "## 一、信息的共享\n\n我们会将您的订单信息提供给支付机构。未经您同意，我们不会将您的个人信息提供给广告商。\n",
            &["支付机构"],
            &["广告主"],
        ),
        // Statistics are of nobody.
        (
            "share",
            "## 一、信息的共享\n\n我们会将您的订单信息提供给支付机构。我们会向广告主提供无法识别个人的统计信息。\n",
            &["支付机构"],
            &["广告主"],
        ),
        // Advertisers are told, and that what they get names nobody.
        (
            "share",
            "## 一、信息的共享\n\n我们会将您的订单信息提供给支付机构。我们可能会与广告合作伙伴共享去标识化的信息。\n",
            &["支付机构、广告主和广告平台（只给去除身份的信息）"],
            &[],
        ),
        // The last of those who get it is no subject; what is given stands before them.
        (
            "share",
            "## 一、信息的共享\n\n我们可能向合作伙伴及其他第三方分享您的信息，以实现您需要的功能。\n",
            &["合作伙伴"],
            &[],
        ),
        (
            "share",
            "## 一、信息的共享\n\n我们可能将您的个人信息与我们的服务供应商及代理（他们可能不在您所在的城市）分享，用作下列用途：\n",
            &["服务供应商"],
            &[],
        ),
        // A trade tells who it is; what is the reader's is nobody's doing; kits that are named are told.
        ("share", "## 一、信息的共享\n\n您购买商品时，您的信息将被提供给商品的销售者。\n", &["销售者"], &[]),
        (
            "share",
            "## 一、信息的共享\n\n为推荐您可能感兴趣的信息，征得您同意后，您的个人信息可能会与我们的关联公司共享。\n",
            &["关联公司"],
            &[],
        ),
        (
            "share",
            "## 一、信息的共享\n\n我们集成友盟SDK，友盟SDK会收集您的设备型号。我们会向第三方SDK提供您的设备型号。\n",
            &["友盟SDK"],
            &["第三方"],
        ),
        // Who runs it, and a place, are no recipients.
        (
            "share",
            "## 一、信息的共享\n\n设备里的数据会同步到青鸟运动中。我们会向收购杭州松果云科技有限公司提供您的信息。\n",
            &[],
            &["青鸟运动中", "松果云科技"],
        ),
        // A denial without an object says all; a member of a list that is denied says the opposite.
        ("share", "## 一、数据\n\n松果云从不对外共享，也不转让。\n", &["从不对外共享"], &["没有"]),
        (
            "collect",
            "## 一、数据\n\n松果云不会采集以下任何一类信息：\n\n1）地理位置、IP 定位；\n\n2）浏览记录。\n",
            &[],
            &["位置", "浏览记录"],
        ),
        // Who promises with us, or makes the product with us, gets nothing.
        (
            "share",
            "## 一、信息的共享\n\n我们会将您的订单信息提供给支付机构。\n\n除以下情形外，未经您的同意，我们以及我们的关联公司不会与任何第三方共享您的个人信息。\n",
            &["支付机构"],
            &["关联公司"],
        ),
        (
            "share",
            "## 一、定义\n\n“我们的产品”，包括软件和相关服务（由我们和我们的关联公司或合作伙伴为您提供）。\n",
            &[],
            &["关联公司", "合作伙伴"],
        ),
        // What is withheld may be explained at length.
        (
            "share",
            "## 一、信息的共享\n\n我们会将您的订单信息提供给支付机构。未经您授权，我们不会将您的个人身份信息（指凭它可以找到您本人的信息，例如您的姓名、证件、住址或者电子邮箱）与提供广告的服务商共享。\n",
            &["支付机构"],
            &["服务供应商"],
        ),
        // Nothing is surely given: a clause on it speaks for itself.
        (
            "share",
            "## 一、信息的共享\n\n未经您同意，我们不会向任何第三方提供您的个人信息。\n",
            &["原文", "不会向任何第三方提供"],
            &[],
        ),
    ]);
}

#[test]
fn permissions_are_those_that_are_asked_for() {
    hold(&[
        (
            "permissions",
            "## 一、权限\n\n扫码时，我们会申请相机权限；找朋友时，您可开启通讯录。\n",
            &["通讯录、相机"],
            &[],
        ),
        ("permissions", "## 一、查询\n\n您授权我们使用您的电话号码查询话费。\n", &[], &["电话"]),
    ]);
}

#[test]
fn ways_lead_somewhere() {
    let rows = [
        ("您可以通过“我的—设置—注销账号”注销您的账号。", "注销账号：“我的—设置—注销账号”"),
        ("您可以通过上述方式注销您的账号。", ""),
    ];
    for (said, want) in rows {
        let view = view(&format!("## 一、您的权利\n\n{said}\n"));
        let found = view.summary.iter().find(|l| l.slot == "rights" && l.tier == 1);
        assert_eq!(found.map_or("", |l| l.text.as_str()), want, "{said}");
    }
}

#[test]
fn a_right_is_linked_where_it_is_granted() {
    let body = "## 一、您的权利\n\n以下情形我们会删除您的信息：\n\n1. 如果您主动注销了账号；\n\n您可以注销您的账号。\n";
    let (said, evidence) = line(body, "rights");
    assert!(said.contains("注销账号") && evidence.contains(&"您可以注销您的账号。".to_string()), "{said} {evidence:?}");
}

#[test]
fn conditions_advice_and_alternatives_are_kept() {
    hold(&[
        (
            "abroad",
            "## 一、存储\n\n目前，我们不会将您的信息传输至境外。如需传输至境外，我们将遵循国家规定或者征求您的同意。\n",
            &["目前不传到境外", "依规定"],
            &[],
        ),
        (
            "children",
            "## 一、未成年人\n\n如您为未满18周岁的未成年人，我们建议您请监护人阅读本政策，并在征得监护人同意后使用。\n",
            &["建议"],
            &["须监护人同意"],
        ),
        (
            "rights",
            "## 一、您的权利\n\n您可以查阅和更正您的个人信息。我们将在15日内处理您的投诉。\n",
            &["查阅", "更正"],
            &["15"],
        ),
        // Nothing but a hollow introduction is no quotation.
        ("children", "## 一、未成年人\n\n我们高度重视未成年人的个人信息。\n", &["谈到了"], &["高度重视"]),
    ]);
}

#[test]
fn silence_is_said_only_of_what_nothing_touches() {
    hold(&[
        ("permissions", "## 一、收集\n\n我们会收集您的手机号码。\n", &["没有提到系统权限"], &[]),
        // A date that no fact is sure of; a law's is none of ours.
        ("since", "最近更新：详见2019年1月18日的通知\n", &["原文", "2019年1月18日"], &["没有写明"]),
        (
            "since",
            "## 一、依据\n\n松果云依照2017年起施行的有关法律和条例处理您的资料，并接受主管部门的监督。\n",
            &["没有写明"],
            &[],
        ),
        ("since", "## 一、更新\n\n我们鼓励您更新您的资料。\n", &["没有写明"], &[]),
        // Who runs it, though the name is no controller that is sure.
        ("retention", "## 一、终止\n\n协议终止后，我们继续保存您留存的各类信息。\n", &["继续保存"], &["没有写明"]),
        // How something is stored says of no place.
        (
            "store",
            "## 一、安全\n\n我们建立制度，规范信息的存储和使用，保护存储在系统上的信息。\n",
            &["没有写明"],
            &["谈到了"],
        ),
        ("store", "## 一、保存\n\n您的信息将保存在我们及关联公司的服务器上。\n", &["服务器"], &["没有写明"]),
        ("rights", "## 一、账号\n\n用户手动注销的，账号下的信息销毁。\n", &[], &["没有写明"]),
        // What is kept is a right.
        (
            "retention",
            "## 一、违约\n\n您提供的资料不准确的，我们保留结束您使用本服务的权利。\n",
            &["没有写明"],
            &["原文"],
        ),
        ("children", "## 一、资格\n\n您只有年满18周岁，才能使用松果云。\n", &["18 周岁的不得使用"], &["没有提到"]),
        ("abroad", "## 一、商标\n\n松果云是我们在中国和其他国家注册的商标。\n", &["没有提到"], &["谈到了"]),
    ]);
}

#[test]
fn minors_are_told_what_is_asked_of_them() {
    let rows: &[(&str, &str, &[&str], &[&str])] = &[
        (
            "children",
            "## 一、未成年人\n\n未取得父母或监护人的同意，儿童不得创建账号。\n",
            &["儿童须监护人同意"],
            &["未成年人"],
        ),
        ("children", "## 一、未成年人\n\n未成年人请勿使用松果云。\n", &["未成年人不得使用"], &["同意"]),
        ("children", "## 一、未成年人\n\n任何18岁以下的未成年人均不得注册。\n", &["不满 18 周岁的不得使用"], &[]),
        (
            "children",
            "## 一、未成年人\n\n我们将不满14周岁的人视为儿童。没有监护人的同意，儿童不得创建账号。\n",
            &["不满 14 周岁须监护人同意"],
            &["专门规定"],
        ),
        (
            "children",
            "## 一、未成年人\n\n如果您未满法定成年年龄，请在得到监护人允许后再注册。\n",
            &["未成年人须监护人同意"],
            &[],
        ),
        (
            "children",
            "## 一、未成年人\n\n未成年人确需参加的，应由监护人同意并陪同，监护人可以要求删除该未成年人的信息。\n",
            &["未成年人须监护人同意"],
            &[],
        ),
        (
            "children",
            "## 一、未成年人\n\n未满14周岁的须经监护人同意。14周岁以上不满18周岁的，既可以自己表示同意，也可以由监护人表示同意。\n",
            &["不满 14 周岁须监护人同意"],
            &["18"],
        ),
        // To read along is not to use along; an age that stands out among others is no limit.
        (
            "children",
            "## 一、未成年人\n\n如果您未满18周岁，请在法定监护人的陪同下阅读本政策。\n",
            &["陪同阅读"],
            &["指导下使用"],
        ),
        ("children", "## 一、未成年人\n\n未成年人（尤其是十岁以下子女）须以父母的名义注册。\n", &[], &["10"]),
        // Goods for children are none of them.
        ("children", "## 一、收集\n\n您挑选童装、青少年球鞋时，我们会记录您的尺码。\n", &["没有提到未成年人"], &[]),
        // Advice stays advice, whatever it advises.
        (
            "children",
            "## 一、未成年人\n\n我们建议，不满16周岁的未成年人参加活动应事先取得监护人的同意。\n",
            &["建议不满 16 周岁的先征得监护人同意"],
            &["须监护人"],
        ),
        (
            "children",
            "## 一、未成年人\n\n如果发现未经监护人同意收集了儿童的信息，我们应尽快删除。\n",
            &[],
            &["须监护人同意"],
        ),
    ];
    hold(rows);
}

#[test]
fn of_whom_it_is_asked_by_the_words_of_the_clause() {
    let rows: &[(&str, &str, &[&str], &[&str])] = &[
        // Of whom, by the words of the clause: the age of children is none of minors.
        (
            "children",
            "## 一、定义\n\n儿童：指不满14周岁的未成年人。\n\n## 二、未成年人\n\n如您为未成年人，应在征得监护人同意后使用。\n",
            &["不满 14 周岁为儿童；未成年人须监护人同意"],
            &["14 周岁须"],
        ),
        ("children", "## 一、敏感信息\n\n敏感个人信息指不满14周岁的儿童的信息等。\n", &["谈到了"], &["14"]),
        ("children", "## 一、未成年人\n\n重大变更时，不满14周岁的儿童可以停止使用我们的服务。\n", &[], &["不得使用"]),
        ("children", "## 一、未成年人\n\n我们恳请监护人指导未成年人上网。\n", &[], &["指导下"]),
        (
            "children",
            "## 一、未成年人\n\n如果您是未成年人，请您的监护人共同阅读本政策。\n",
            &["未成年人须由监护人陪同阅读"],
            &[],
        ),
        (
            "children",
            "## 一、未成年人\n\n未满18周岁的未成年人（特别是未满14周岁的儿童）应在取得监护人同意后使用。\n",
            &["不满 18 周岁须监护人同意"],
            &["14"],
        ),
        (
            "children",
            "## 一、未成年人\n\n如果您未满18周岁，请监护人陪同阅读。只有在监护人同意本政策后，您方可使用。\n",
            &["不满 18 周岁须监护人同意"],
            &["陪同"],
        ),
        (
            "children",
            "## 一、未成年人\n\n未满18周岁的，同时适用《未成年人个人信息保护规则》。\n",
            &["不满 18 周岁的，适用专门的未成年人规则"],
            &[],
        ),
        // What is done on a guardian's demand asks nothing of minors, nor does what is sensitive.
        ("children", "## 一、披露\n\n应您或未成年人的监护人的要求，经其书面授权披露的。\n", &[], &["须监护人同意"]),
        ("children", "## 一、敏感信息\n\n14周岁以下的未成年人信息。\n", &["谈到了"], &["14"]),
        (
            "children",
            "## 一、未成年人\n\n未满18周岁的，建议您请监护人阅读本政策，并在征得监护人同意的前提下使用。\n",
            &["不满 18 周岁须监护人同意"],
            &["建议"],
        ),
        (
            "children",
            "## 一、未成年人\n\n我们鼓励监护人指导未满18周岁的未成年人使用。\n",
            &["建议不满 18 周岁的在监护人指导下"],
            &[],
        ),
        (
            "children",
            "## 一、未成年人\n\n未满18周岁的未成年人，可以自行授权同意。我们仅在监护人明确同意的情况下公开未成年人的信息。\n",
            &[],
            &["须监护人同意"],
        ),
        ("children", "## 一、未成年人\n\n青少年应阅读并同意本政策，且应告知监护人。\n", &[], &["须监护人同意"]),
    ];
    hold(rows);
}

#[test]
fn what_others_may_and_what_a_product_does_are_no_rights() {
    let none = "没有写明您有哪些权利";
    hold(&[
        ("rights", "## 一、违规\n\n松果云有权对违规的账号采取注销账号等措施。\n", &[none], &[]),
        ("rights", "## 一、申请\n\n我们有权拒绝您关于查阅、更正、删除信息以及注销账号的申请。\n", &[none], &[]),
        ("rights", "## 一、订票\n\n您可以在开演前取消订票，剧场可以导出座位表。\n", &[none], &[]),
        ("rights", "## 一、章节\n\n只有提供手机号码，您才能访问付费章节。\n", &[none], &[]),
        ("rights", "## （一）我们有权注销您的钱包\n\n1. 您提供虚假材料；\n\n2. 您拒绝核查。\n", &[none], &[]),
    ]);
}

#[test]
fn a_time_for_one_procedure_is_none_for_all() {
    let rights = "## 一、您的权利\n\n您可以查阅和更正您的个人信息。";
    let told = |time: &str| format!("{rights}\n\n{time}\n");
    let rows = [
        ("我们将在15日内回复您的查阅请求。", "", "15"),
        ("我们将在收到注销申请后的15日内答复您。", "", "15"),
        ("我们核查后会在15日内反馈您的投诉与举报。", "", "15"),
        ("我们将在15日内答复您的请求。", "15 天", "没有"),
        ("如您对更正有任何疑问，我们将在15日内答复您的请求。", "15 天", "没有"),
        ("我们将在15日内回复您的查阅请求。\n\n我们将在15日内回复您的更正请求。", "15 天", "没有"),
    ];
    for (time, has, lacks) in rows {
        hold(&[("rights", &told(time), &[has], &[lacks])]);
    }
}

#[test]
fn the_way_out_leads_out() {
    hold(&[
        // What cannot be done by closing the account has another way.
        (
            "rights",
            "## 一、注销账号\n\n您可以通过“我的-设置-注销账号”注销您的账号。\n\n缓存无法通过注销账号清理，请您自行删除，路径为：我的-缓存-清空。\n",
            &["注销账号：“我的-设置-注销账号”"],
            &["缓存"],
        ),
        // A way for whom another does not help stands behind that one.
        (
            "rights",
            "## 一、注销账号\n\n注销账号的路径为：设置—用户中心—账号注销。\n\n如您无法通过前述方式注销账号，您可以发送邮件至kf@songguo.example.com申请注销账号。\n",
            &["设置—用户中心—账号注销"],
            &["注销账号：kf@"],
        ),
        // A step without a label.
        (
            "rights",
            "## 一、注销账号\n\n您可以按照以下步骤注销账号：\n\n1）打开松果云；\n\n2）点击“设置”；\n\n3）点击“注销账号”。\n",
            &["“设置” › “注销账号”"],
            &[],
        ),
        // Several ways are no steps of one.
        (
            "rights",
            "## 一、注销账号\n\n您可以通过以下方式注销账号：\n\n1）点击“在线客服”；\n\n2）拨打客服热线；\n\n3）发送邮件至kf@songguo.example.com。\n",
            &[],
            &["›"],
        ),
    ]);
}

#[test]
fn a_place_that_gets_it_or_where_it_is_processed_is_abroad() {
    hold(&[
        ("abroad", "## 四、存储\n\n您的部分个人信息将被传输到境外。\n", &["信息可能传到境外"], &[]),
        ("abroad", "## 四、存储\n\n我们在其他国家处理您的个人信息。\n", &["信息可能传到境外"], &[]),
        ("abroad", "## 四、存储\n\n我们会向位于境外的房东传递您的姓名，此前会征得您的同意。\n", &["征得同意"], &[]),
        ("abroad", "## 四、存储\n\n您的个人信息保存在境内（不含香港、澳门）的服务器上。\n", &[], &["可能传到境外"]),
        (
            "abroad",
            "## 四、存储\n\n目前，我们不会在跨境业务中使用您的个人信息，或者将您的个人信息传输至境外。\n",
            &["目前不传到境外"],
            &["写明"],
        ),
        ("abroad", "## 四、存储\n\n您在海外使用松果云时，我们不收集您的个人信息。\n", &[], &["可能传到境外"]),
    ]);
}

#[test]
fn an_exception_to_consent_abroad_is_kept() {
    hold(&[(
        "abroad",
        "## 一、保存\n\n除您在境外使用的情形外，如需向境外传输您的信息，我们会单独征得您的同意。\n",
        &["同意", "例外"],
        &[],
    )]);
}

#[test]
fn what_limits_a_period_goes_with_it() {
    let rows: &[(&str, &str, &[&str], &[&str])] = &[
        ("retention", "## 一、保存\n\n我们会保存您的订单不少于三年。\n", &["至少 3 年"], &[]),
        ("retention", "## 一、保存\n\n您注销账号后的30天内，我们会删除您的信息。\n", &["注销后 30 天"], &[]),
        ("retention", "## 一、保存\n\n在您的账号存续期间，我们会保留您的信息。\n", &["直到您注销账号"], &["目的所需"]),
        (
            "retention",
            "## 一、保存\n\n您注销账号后，我们依规定对您的账单保存5年，对您的照片保存3年。\n",
            &["注销后 5 年、照片 注销后 3 年"],
            &[],
        ),
        // What is said of all information, its exceptions by law, and what is kept for so long stand side by side.
        (
            "retention",
            "## 一、保存\n\n我们仅在目的所必需的期间内保留您的个人信息，除非法律另有要求，例如法律规定网络日志留存不少于六个月。\n\n通话录音保存7天。\n",
            &["目的所需或法律要求", "期限有：7 天", "写有法律规定的最短期限"],
            &["没有写", "6 个月"],
        ),
        (
            "retention",
            "## 一、保存\n\n我们仅在目的所必需的期间内保留您的个人信息。\n",
            &["保存到目的所需的期限；没有写具体多久"],
            &["法律"],
        ),
        // A chapter on keeping says it of all information, whatever stands before.
        (
            "retention",
            "## 一、云盘\n\n在您使用云盘期间，我们对照片安全存储。\n\n## 二、存储期限\n\n我们只在所需的期限内保留您的个人信息。\n",
            &["目的所需"],
            &["使用期间"],
        ),
        ("retention", "## 一、保存\n\n您使用本服务期间，我们会为您持续保存信息。\n", &["在您使用期间保存"], &["注销"]),
    ];
    hold(rows);
}

#[test]
fn what_may_lengthen_a_period_is_told() {
    hold(&[
        (
            "retention",
            "## 三、保存\n\n我们只在达成目的所需的期限内保存您的个人信息，除非您同意延长或受到法律的允许。\n",
            &["目的所需的期限；可能保存更久"],
            &["法律"],
        ),
        (
            "retention",
            "## 三、保存\n\n在您使用松果云期间及相关纠纷的诉讼时效届满前，我们会一直保存您的个人信息，直到您注销账号。\n",
            &["可能保存更久"],
            &["直到您注销账号"],
        ),
        // What the law permits it does not demand.
        (
            "retention",
            "## 三、保存\n\n在法规允许的范围内，我们在达成目的所需的期限内保存您的个人信息。\n",
            &["目的所需的期限；"],
            &["法律", "更久"],
        ),
        (
            "retention",
            "## 三、保存\n\n我们仅在您使用松果云期间和法律法规要求的期限内保存您的个人信息。\n",
            &["使用期间和法律要求的期限"],
            &[],
        ),
        // An example tells of one thing; children's rules of children.
        (
            "retention",
            "## 三、保存\n\n我们保存您的个人信息，如您打卡，会在您使用打卡期间保存照片。\n",
            &[],
            &["使用期间"],
        ),
        (
            "retention",
            "## 三、儿童信息保护规则\n\n我们保存儿童的个人信息，直到其账号注销为止。\n",
            &[],
            &["直到您注销账号"],
        ),
    ]);
}

#[test]
fn a_quotation_is_whole_and_answers() {
    // A line that was broken off, a list that is left out, what points elsewhere.
    for clause in [
        "您同意我们为履行约定收集您的用户信息，这些信息包括您在登记系统中填写的内容、您账号下的学习数据以及您在使用松果云的过程中提供的或我们基于安全等考虑而需收集的信息，我们会遵守相关的规定。",
        "如前述用途需要，我们会收集您的以下信息。",
        "凡参加松果云夏令营活动的，经您本人和领队老师的确认之后，营地前台会\n\n登记入营信息，我们收集您的信息后放入档案柜。",
    ] {
        let (said, _) = line(&format!("{COLLECT}{clause}\n"), "collect");
        assert!(!said.contains("原文："), "{clause}: {said}");
    }
    let (said, _) = line(&format!("{COLLECT}我们会收集您的用户信息并予以登记。\n"), "collect");
    assert!(said.contains("原文："), "{said}");
}

#[test]
fn who_may_get_it_is_not_said_to_get_it() {
    let share = "## 二、共享\n\n";
    hold(&[
        (
            "share",
            &format!("{share}我们可能会将您的收货地址提供给顺丰速运有限公司。\n"),
            &["可能提供给顺丰"],
            &["会给"],
        ),
        ("share", &format!("{share}我们会将您的收货地址提供给顺丰速运有限公司。\n"), &["会给顺丰"], &["可能"]),
    ]);
}

#[test]
fn nobody_gets_it_but_for_cases() {
    let body = "## 二、约定\n\n未经用户许可，我们不得向任何第三方提供、公开或共享用户登记的姓名、证件号码、联系方式、家庭住址、工作单位等可以认出用户本人的身份资料，但下列情况除外：\n\n（1）用户授权的；\n\n（2）法律要求的。\n";
    hold(&[("share", body, &["未经您同意不给别人，但列了例外"], &[])]);
}

#[test]
fn a_way_out_of_ads_is_whole_and_of_ads() {
    let ads = "## 二、广告\n\n我们会根据您的浏览记录向您推送个性化广告。";
    let with = |way: &str| format!("{ads}{way}\n");
    let (quoted, torn) = (
        with("如您不希望看到个性化广告，您可以在“我的-设置-个性化广告中关闭个性化推荐。"),
        with("您可以登录《松果云隐私平台关闭个性化广告。"),
    );
    let single = with("您可以长按屏幕屏蔽个性化广告。");
    let other = with("为推送个性化广告，我们会读取应用列表，您可以在“设备-设置”中关闭该授权。");
    hold(&[
        ("ads", &quoted, &["信息会用于广告"], &["“我的"]),
        ("ads", &torn, &["信息会用于广告"], &["《"]),
        ("ads", &single, &["信息会用于广告。"], &["关闭"]),
        ("ads", &other, &["信息会用于广告。"], &["关闭"]),
    ]);
}
