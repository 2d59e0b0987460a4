//! Chinese in simplified characters, with the formal address.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "登录",
    sign_in_to: Sentence::new("登录 {}"),
    sign_in_after_error: "错误 – 登录",
    confirm: "要访问此页面，请重新登录以确认是您本人。",
    signed_in_as: Sentence::new("您已登录为 {}。"),
    continue_as: Sentence::new("以 {} 的身份继续"),
    another_account: "或使用其他账号",
    continue_with: Sentence::new("使用 {} 继续"),
    continue_with_one_of: "请选择继续的方式",
    last_used: "上次使用",
    no_provider: "此网站尚无法登录。",
    register_provider: Sentence::new(
        "如果您是此网站的管理者，请用 {} 注册一个提供方，设置 {} 和 {}，然后重新启动。",
    ),

    sign_out: "退出登录",
    sign_out_question: "确定要退出登录吗？",
    cancel: "取消",

    continue_to: Sentence::new("前往 {}"),
    continue_to_sign_out: "继续退出登录",
    being_taken: "正在为您跳转。如果没有反应，请使用下面的按钮。",
    go_on: "继续",

    check_email: "请查收邮件",
    link_sent: "登录链接已发送到您的电子邮箱。",
    nothing_arrived: "没有收到？请查看垃圾邮件文件夹，或重新开始。",
    back_to: Sentence::new("返回 {}"),

    error_title: Sentence::new("错误：{} – 登录"),
    sign_in_again: "重新登录",
    code: "代码",
    reference: "参考编号",
    either: Sentence::new("{} 或 {}"),
    errors: ERRORS,

    language: "语言",
    change_language: "更改",
    privacy: "隐私",
    terms: "条款",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "访问被拒绝",
        "您没有登录的权限。",
        "请使用其他账号，或向此网站的管理者申请访问权限。",
    ),
    configuration: ErrorText::new(
        "服务器错误",
        "服务器的配置有问题。",
        "请稍后再试。如果您是此网站的管理者，请查看服务器日志。",
    ),
    csrf: ErrorText::new(
        "表单已过期",
        "它打开的时间过长，或者此浏览器阻止了 Cookie。",
        "请再试一次。如果此页面再次出现，请允许此网站使用 Cookie。",
    ),
    account_not_linked: ErrorText::new(
        "您之前使用了其他登录方式",
        "您的电子邮箱属于此网站的一位使用其他方式登录的用户。",
        "请使用首次登录时的方式登录。登录后，再次使用此方式登录即可将其添加。",
    ),
    sign_in_as_before: Sentence::new("请使用 {} 登录。登录后，再次使用此方式登录即可将其添加。"),
    sign_in_expired: ErrorText::new(
        "登录用时过长",
        "此次登录开始得太早，已无法完成。",
        "请重新开始。没有丢失任何内容。",
    ),
    sign_in_not_started_here: ErrorText::new(
        "此次登录不是在这里开始的",
        "它是在另一个浏览器中开始的，或者此浏览器阻止了 Cookie。",
        "请在这里重新开始。如果此页面再次出现，请允许此网站使用 Cookie。",
    ),
    sign_in_reused: ErrorText::new(
        "此次登录已被使用",
        "每次登录只能使用一次。后退按钮或重新加载会调出旧的登录。",
        "请前往您想访问的页面，或重新登录。",
    ),
    provider_denied: ErrorText::new(
        "登录已取消",
        "提供方没有让您继续，通常是因为您在那里取消了登录。",
        "请再试一次，或选择其他登录方式。",
    ),
    provider_unreachable: ErrorText::new(
        "无法连接到提供方",
        "它没有及时响应。这不是您的问题。",
        "请稍等一分钟后再试，或选择其他登录方式。",
    ),
    provider_answer: ErrorText::new(
        "无法理解提供方的响应",
        "此网站无法使用它的响应。",
        "请再试一次。如果问题再次出现，请告知此网站的管理者。",
    ),
    id_token: ErrorText::new(
        "提供方的响应未被接受",
        "它对您身份的证明没有通过检查，因此没有登录。",
        "请再试一次。如果问题再次出现，请告知此网站的管理者。",
    ),
    profile: ErrorText::new(
        "无法读取您的账号",
        "提供方没有发送此网站所需的账号信息。",
        "请再试一次并允许访问这些信息，或使用其他账号。",
    ),
    auth_time: ErrorText::new(
        "您的登录时间过早",
        "此页面要求重新登录，而提供方没有予以确认。",
        "请重新登录。如果提供方要求，请在那里输入密码。",
    ),
    unknown_provider: ErrorText::new(
        "没有这种登录方式",
        "此网站不提供所请求的登录方式。",
        "请在登录页面上选择一种。",
    ),
    clients_unavailable: ErrorText::new(
        "目前无法登录",
        "此网站无法确定您的登录方式。这不是您的问题。",
        "请稍等一分钟后再试。",
    ),
    proxy_origin: ErrorText::new(
        "此次登录开始于未知的地址",
        "此网站不会完成从该地址开始的登录。",
        "如果您信任该地址，请告知其管理者。",
    ),
    session_codec: ErrorText::new(
        "无法保存您的登录",
        "这是此网站的问题，不是您的问题。",
        "请稍后再试。如果问题再次出现，请告知此网站的管理者。",
    ),
    unknown_action: ErrorText::new(
        "找不到页面",
        "此地址没有任何内容。",
        "请检查地址是否有误，或前往登录页面。",
    ),
    unknown_host: ErrorText::new(
        "无法通过此地址登录",
        "您访问此网站所用的地址不是它所认可的地址。",
        "请使用它平时的地址。如果就是这个地址，请告知此网站的管理者。",
    ),
    account_of_another_user: ErrorText::new(
        "此账号属于另一位用户",
        "在这里使用此账号登录的是别人，而不是您当前登录的用户。",
        "要切换到那位用户，请先退出登录。要添加账号，请选择另一个账号。",
    ),
    session_changed: ErrorText::new(
        "您的登录状态已改变",
        "您开始添加账号之后退出了登录，或切换成了其他用户。",
        "请照常登录，然后再添加账号。",
    ),
    store_unavailable: ErrorText::new(
        "目前无法为您登录",
        "此网站无法访问其用户数据。这不是您的问题。",
        "请稍等一分钟后再试。",
    ),
    session_too_large: ErrorText::new(
        "无法保持您的登录状态",
        "此网站要记住的关于您的信息超出了 Cookie 的容量。",
        "请告知此网站的管理者。",
    ),
    callback_failed: ErrorText::new(
        "此网站无法完成登录",
        "它自身的检查出现了问题。这不是您的问题。",
        "请稍后再试。如果问题再次出现，请告知此网站的管理者。",
    ),

    verification: ErrorText::new(
        "无法登录",
        "登录链接已失效。",
        "它可能已被使用或已过期。请重新登录。",
    ),
    another_account: ErrorText::new(
        "无法登录",
        "为确认您的身份，请使用您最初使用的账号登录。",
        "请选择该登录方式。",
    ),
    email_not_sent: ErrorText::new(
        "无法登录",
        "无法发送电子邮件。",
        "请检查邮箱地址，然后再试一次。",
    ),
    credentials: ErrorText::new("登录失败", "请检查您输入的信息是否正确。", "然后再试一次。"),
    session_required: ErrorText::new("需要登录", "请登录后访问此页面。", "登录后将返回此页面。"),
    not_finished: ErrorText::new("无法登录", "无法完成登录。", "请尝试使用其他账号登录。"),
    unknown: ErrorText::new(
        "无法登录",
        "无法完成登录。",
        "请再试一次。如果问题再次出现，请告知此网站的管理者。",
    ),
};
