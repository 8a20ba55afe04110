//! Text in which a table lost its lines → the table again: header, rows, cells. One trait a case; all texts are invented.

use policy_reader::view::View;
use policy_reader::{Options, analyze};

/// A policy in one line around `table`.
fn page(table: &str) -> String {
    format!(
        "云雀隐私政策 更新日期：2023年5月1日 我们非常重视您的隐私，本政策将说明我们如何处理您的个人信息，请您在使用前仔细阅读本政策的全部内容。 \
         一、我们如何收集 为了向您提供服务，我们会收集您的个人信息，包括您主动提供的与我们自动获取的信息。 {table} \
         二、如何联系我们 您可以通过客服邮箱联系我们，我们将在十五个工作日内答复。"
    )
}

fn read(source: &str) -> View {
    analyze(source, &Options::default()).view()
}

/// Header and rows, cells joined by ` | `.
fn tables(view: &View) -> Vec<Vec<String>> {
    let lines = |t: &policy_reader::view::TableView| {
        std::iter::once(&t.columns).chain(&t.rows).map(|row| row.join(" | ")).collect()
    };
    view.tables.iter().map(lines).collect()
}

/// What stands in cells, clauses, titles and aside, without white space: nothing may be lost.
fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

#[track_caller]
fn check(table: &str, want: &[&str]) {
    let source = page(table);
    let view = read(&source);
    assert_eq!(view.meta.shape, "one-line");
    assert_eq!(tables(&view), [want], "notes: {:?}", view.notes);
    let document = analyze(&source, &Options::default()).document;
    assert_eq!(letters(document.text.as_str()), letters(&source));
}

#[test]
fn kits_with_names_of_several_words() {
    check(
        "我们接入的第三方如下： 名称 第三方主体 官网或隐私政策 共享信息范围 使用目的 提供方式 \
         松果推送Android SDK 深圳市松果信息技术有限公司 https://www.songguo.example/privacy 设备信息：设备标识符（IMEI、 Android ID、 MAC等）、网络信息：IP 地址，基站信息 用于向用户推送消息 SDK本机采集 \
         Nimbus SDK Nimbus Software, Inc. https://nimbus.example/privacy/ 设备信息：Android ID、设备型号 用于崩溃日志收集与异常上报 SDK本机采集 \
         银杏支付SDK 银杏（中国）网络技术有限公司 https://yinxing.example/p/c 设备信息、网络信息 用于帮助用户完成支付 SDK本机采集",
        &[
            "名称 | 第三方主体 | 官网或隐私政策 | 共享信息范围 | 使用目的 | 提供方式",
            "松果推送Android SDK | 深圳市松果信息技术有限公司 | https://www.songguo.example/privacy | 设备信息：设备标识符（IMEI、 Android ID、 MAC等）、网络信息：IP 地址，基站信息 | 用于向用户推送消息 | SDK本机采集",
            "Nimbus SDK | Nimbus Software, Inc. | https://nimbus.example/privacy/ | 设备信息：Android ID、设备型号 | 用于崩溃日志收集与异常上报 | SDK本机采集",
            "银杏支付SDK | 银杏（中国）网络技术有限公司 | https://yinxing.example/p/c | 设备信息、网络信息 | 用于帮助用户完成支付 | SDK本机采集",
        ],
    );
}

#[test]
fn a_cell_that_is_missing_in_a_row_is_empty() {
    check(
        "SDK名称 所属公司 收集的个人信息 使用目的 收集方式 \
         海棠推送SDK 杭州海棠软件有限公司 设备型号、OAID、IP地址 用于向用户推送消息 SDK收集 \
         远帆推送SDK 成都远帆软件有限公司 设备型号、OAID、IP地址 SDK收集 \
         麦田推送SDK 武汉麦田软件有限公司 设备型号、OAID、IP地址 用于向用户推送消息 SDK收集",
        &[
            "SDK名称 | 所属公司 | 收集的个人信息 | 使用目的 | 收集方式",
            "海棠推送SDK | 杭州海棠软件有限公司 | 设备型号、OAID、IP地址 | 用于向用户推送消息 | SDK收集",
            "远帆推送SDK | 成都远帆软件有限公司 | 设备型号、OAID、IP地址 |  | SDK收集",
            "麦田推送SDK | 武汉麦田软件有限公司 | 设备型号、OAID、IP地址 | 用于向用户推送消息 | SDK收集",
        ],
    );
}

#[test]
fn a_first_cell_printed_once_stays_empty_below() {
    check(
        "功能类型 功能名称 个人信息类型 使用目的 \
         基础功能 注册登录 手机号码、验证码 用于创建账号、完成登录 \
         扩展功能 附近门店 位置信息 为您展示附近的门店 \
         语音输入 录音信息 识别您的语音，转换为文字 \
         图片分享 相册图片、头像 用于发布动态、更换头像",
        &[
            "功能类型 | 功能名称 | 个人信息类型 | 使用目的",
            "基础功能 | 注册登录 | 手机号码、验证码 | 用于创建账号、完成登录",
            "扩展功能 | 附近门店 | 位置信息 | 为您展示附近的门店",
            " | 语音输入 | 录音信息 | 识别您的语音，转换为文字",
            " | 图片分享 | 相册图片、头像 | 用于发布动态、更换头像",
        ],
    );
}

#[test]
fn permissions_by_system() {
    check(
        "（3）权限申请 OS 权限 使用场景 \
         Android INTERNET（必选） 网络通信 \
         Android ACCESS_WIFI_STATE（必选） 查看wifi连接状态 \
         Android READ_PHONE_STATE（可选） 打开云雀推送功能，且您授权电话权限时 \
         iOS 网络访问权限（必选） 全程 \
         iOS IDFA（可选） 统计广告效果时",
        &[
            "OS | 权限 | 使用场景",
            "Android | INTERNET（必选） | 网络通信",
            "Android | ACCESS_WIFI_STATE（必选） | 查看wifi连接状态",
            "Android | READ_PHONE_STATE（可选） | 打开云雀推送功能，且您授权电话权限时",
            "iOS | 网络访问权限（必选） | 全程",
            "iOS | IDFA（可选） | 统计广告效果时",
        ],
    );
}

#[test]
fn short_cells_that_only_their_columns_tell_apart() {
    check(
        "平台 收集信息名称 信息使用目的 信息使用范围 获取方 \
         IOS 推送令牌 苹果推送 消息推送 本平台 \
         手机型号 多设备登录判断 登录注册 移动、本平台 \
         网络制式 日志服务 对弱网络做优化 移动、电信、本平台 \
         Android 手机品牌 厂商推送服务 消息离线推送 本平台 \
         系统版本号 判断手机系统 系统接口兼容处理 本平台 \
         网络制式 日志服务 对弱网络做优化 移动、电信、本平台",
        &[
            "平台 | 收集信息名称 | 信息使用目的 | 信息使用范围 | 获取方",
            "IOS | 推送令牌 | 苹果推送 | 消息推送 | 本平台",
            " | 手机型号 | 多设备登录判断 | 登录注册 | 移动、本平台",
            " | 网络制式 | 日志服务 | 对弱网络做优化 | 移动、电信、本平台",
            "Android | 手机品牌 | 厂商推送服务 | 消息离线推送 | 本平台",
            " | 系统版本号 | 判断手机系统 | 系统接口兼容处理 | 本平台",
            " | 网络制式 | 日志服务 | 对弱网络做优化 | 移动、电信、本平台",
        ],
    );
}

#[test]
fn rows_that_are_counted() {
    check(
        "序号 SDK名称 场景描述 个人信息字段 隐私政策链接 第三方机构名称 \
         1 白鹭语音 语音朗读 设备信息(操作系统版本、设备型号)、日志信息等 http://bailu.example/doc 北京白鹭网络科技有限公司 \
         2 墨竹广告 广告投放 设备信息、日志信息、位置信息 https://mozhu.example/bqt#/policies 上海墨竹网络科技有限公司 \
         3 Kestrel 数据统计 IDFA、IP 地址、设备型号 https://kestrel.example/privacy 北京长风天下科技有限公司",
        &[
            "序号 | SDK名称 | 场景描述 | 个人信息字段 | 隐私政策链接 | 第三方机构名称",
            "1 | 白鹭语音 | 语音朗读 | 设备信息(操作系统版本、设备型号)、日志信息等 | http://bailu.example/doc | 北京白鹭网络科技有限公司",
            "2 | 墨竹广告 | 广告投放 | 设备信息、日志信息、位置信息 | https://mozhu.example/bqt#/policies | 上海墨竹网络科技有限公司",
            "3 | Kestrel | 数据统计 | IDFA、IP 地址、设备型号 | https://kestrel.example/privacy | 北京长风天下科技有限公司",
        ],
    );
}

#[test]
fn two_kinds_of_entries_in_one_cell() {
    check(
        "产品功能类型 产品功能名称 个人信息类型 个人信息字段 用途和目的 \
         基础功能 消息送达 设备信息 网络信息 必选信息：设备平台、设备厂商、运营商信息 可选信息：IMEI、Google Advertising ID（GAID）、Serial Number、基站信息 用于生成唯一的推送标识，保证消息的准确下发。 \
         扩展功能 附近推送 位置相关信息 必选信息： 位置相关信息 提供线下场景的推送，减少无用消息对您的打扰",
        &[
            "产品功能类型 | 产品功能名称 | 个人信息类型 | 个人信息字段 | 用途和目的",
            "基础功能 | 消息送达 | 设备信息 网络信息 | 必选信息：设备平台、设备厂商、运营商信息 可选信息：IMEI、Google Advertising ID（GAID）、Serial Number、基站信息 | 用于生成唯一的推送标识，保证消息的准确下发。",
            "扩展功能 | 附近推送 | 位置相关信息 | 必选信息： 位置相关信息 | 提供线下场景的推送，减少无用消息对您的打扰",
        ],
    );
}

#[test]
fn the_table_ends_before_prose_and_before_the_next_table() {
    let first = "SDK名称 公司名称 使用目的 青禾推送SDK 北京青禾网络科技有限公司 用于消息推送 南山地图SDK 杭州南山软件有限公司 提供地图与定位服务";
    let second = "权限名称 使用目的 是否可选 相机权限 用于扫描二维码、拍摄头像 是 麦克风权限 用于发送语音消息 是 存储权限 用于保存图片 否";
    let prose = "我们会与其签署严格的保密协议，要求他们按照我们的说明以及本政策来处理您的个人信息。";
    let view = read(&page(&format!("{first} {prose} {second}")));
    let tables = tables(&view);
    assert_eq!(tables.iter().map(Vec::len).collect::<Vec<_>>(), [3, 4], "{tables:#?}");
    assert!(view.clauses.iter().any(|c| c.text == prose));
}

#[test]
fn a_caption_stays_outside() {
    let source = page(
        "Android版SDK列表 SDK名称 公司名称 使用目的 青禾推送SDK 北京青禾网络科技有限公司 用于消息推送 南山地图SDK 杭州南山软件有限公司 提供地图与定位服务 \
         iOS版SDK列表 SDK名称 公司名称 使用目的 青禾推送SDK 北京青禾网络科技有限公司 用于消息推送",
    );
    let tables = tables(&read(&source));
    assert_eq!(tables.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2], "{tables:#?}");
    assert!(tables.iter().flatten().all(|row| !row.contains("列表")), "{tables:#?}");
}

#[test]
fn one_cell_a_line() {
    let source = "隐私政策\n\n一、第三方\n我们接入的第三方如下，我们会要求其保护您的个人信息。\n\nSDK名称\n第三方公司名称\n收集的信息\n目的\n\n\
        星桥分享SDK\n南京星桥软件有限公司\n设备型号、\nOAID\n用于分享内容至第三方平台\nOrbit SDK\nOrbit Labs Ltd.\nIP地址、网络类型\n统计分析应用的使用情况\n\n二、联系我们\n您可以写信给我们。\n";
    let view = read(source);
    assert_eq!(view.meta.shape, "plain");
    assert_eq!(
        tables(&view),
        [[
            "SDK名称 | 第三方公司名称 | 收集的信息 | 目的",
            "星桥分享SDK | 南京星桥软件有限公司 | 设备型号、 OAID | 用于分享内容至第三方平台",
            "Orbit SDK | Orbit Labs Ltd. | IP地址、网络类型 | 统计分析应用的使用情况",
        ]]
    );
    assert_eq!(view.sections.iter().filter(|s| !s.implicit).count(), 2);
}

#[test]
fn tabs_between_cells() {
    let source = "隐私政策\n\n一、第三方\n我们接入的第三方如下，我们会要求其保护您的个人信息。\n类型\t涉及的个人信息\t使用场景\t使用目的\n\
        配送服务商\t收件人姓名、地址\t用户使用配送服务\t向用户交付商品\n支付服务商\t订单号、订单金额\t支付场景\t完成支付\n二、联系我们\n您可以写信给我们。\n";
    assert_eq!(
        tables(&read(source)),
        [[
            "类型 | 涉及的个人信息 | 使用场景 | 使用目的",
            "配送服务商 | 收件人姓名、地址 | 用户使用配送服务 | 向用户交付商品",
            "支付服务商 | 订单号、订单金额 | 支付场景 | 完成支付",
        ]]
    );
}

#[test]
fn what_is_no_table_stays_text() {
    for text in [
        // Words of headers in a sentence, and in a list.
        "我们会说明 使用目的 使用场景 收集方式 等内容，以便您了解我们如何处理您的个人信息，并作出选择。",
        "本表包括：名称、公司名称、使用目的、使用场景。我们会不时更新，请您留意最新的内容并及时查看相关说明。",
        // A header without a row that fits.
        "名称 公司名称 使用目的 隐私政策链接 如果您对上述内容有任何疑问，请通过本政策载明的方式与我们联系，我们会尽快答复您的问题。",
    ] {
        let view = read(&page(text));
        assert_eq!(tables(&view), Vec::<Vec<String>>::new(), "{text}");
    }
}

#[test]
fn a_header_without_rows_is_noted() {
    let view = read(&page(
        "名称 公司名称 使用目的 隐私政策链接 如果您对上述内容有任何疑问，请通过本政策载明的方式与我们联系。",
    ));
    assert!(view.notes.iter().any(|n| n.contains("名称 | 公司名称 | 使用目的 | 隐私政策链接")), "{:?}", view.notes);
    assert!(view.clauses.iter().any(|c| c.text.contains("隐私政策链接")));
}

#[test]
fn a_long_table_is_read_in_full() {
    let row = |n: usize| {
        format!(
            " 第{n}号推送SDK 杭州海棠软件有限公司 设备型号、OAID、IP 地址 用于向用户推送消息 https://haitang.example/{n}"
        )
    };
    let rows: String = (0..900).map(row).collect();
    let tables = tables(&read(&page(&format!("SDK名称 公司名称 收集的信息 使用目的 隐私政策链接{rows}"))));
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0].len(), 901);
    assert_eq!(
        tables[0][900],
        "第899号推送SDK | 杭州海棠软件有限公司 | 设备型号、OAID、IP 地址 | 用于向用户推送消息 | https://haitang.example/899"
    );
}
