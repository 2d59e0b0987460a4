//! Korean, with the formal address.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "로그인",
    sign_in_to: Sentence::new("{} 로그인"),
    sign_in_after_error: "오류 – 로그인",
    confirm: "이 페이지를 보려면 본인 확인을 위해 다시 로그인해 주세요.",
    signed_in_as: Sentence::new("{} 계정으로 로그인되어 있습니다."),
    continue_as: Sentence::new("{} 계정으로 계속"),
    another_account: "또는 다른 계정 사용",
    continue_with: Sentence::new("{} 계정으로 계속하기"),
    continue_with_one_of: "계속할 방법 선택",
    last_used: "최근 사용",
    no_provider: "이 사이트에는 아직 로그인할 수 없습니다.",
    register_provider: Sentence::new(
        "이 사이트를 운영하신다면 {} 호출로 제공업체를 등록하고, {} 및 {} 변수를 설정한 다음 \
         다시 시작하세요.",
    ),

    sign_out: "로그아웃",
    sign_out_question: "로그아웃하시겠습니까?",
    cancel: "취소",

    continue_to: Sentence::new("{} 페이지로 이동"),
    continue_to_sign_out: "로그아웃 계속하기",
    being_taken: "이동하고 있습니다. 아무 일도 일어나지 않으면 버튼을 눌러 주세요.",
    go_on: "계속",

    check_email: "이메일을 확인해 주세요",
    link_sent: "로그인 링크를 이메일 주소로 보냈습니다.",
    nothing_arrived: "도착하지 않았나요? 스팸함을 확인하거나 처음부터 다시 시작해 주세요.",
    back_to: Sentence::new("{} 페이지로 돌아가기"),

    error_title: Sentence::new("오류: {} – 로그인"),
    sign_in_again: "다시 로그인",
    code: "코드",
    reference: "참조 번호",
    either: Sentence::new("{} 또는 {}"),
    errors: ERRORS,

    language: "언어",
    change_language: "변경",
    privacy: "개인정보 보호",
    terms: "이용약관",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "접근이 거부되었습니다",
        "로그인할 권한이 없습니다.",
        "다른 계정을 사용하거나 이 사이트의 운영자에게 접근 권한을 요청해 주세요.",
    ),
    configuration: ErrorText::new(
        "서버 오류",
        "서버 설정에 문제가 있습니다.",
        "나중에 다시 시도해 주세요. 이 사이트를 운영하신다면 서버 로그를 확인하세요.",
    ),
    csrf: ErrorText::new(
        "양식이 만료되었습니다",
        "오랫동안 열려 있었거나 이 브라우저가 쿠키를 차단합니다.",
        "다시 시도해 주세요. 이 페이지가 다시 나타나면 이 사이트의 쿠키를 허용해 주세요.",
    ),
    account_not_linked: ErrorText::new(
        "이전에 다른 방법으로 로그인하셨습니다",
        "이 이메일 주소는 다른 방법으로 로그인하는 사용자의 것입니다.",
        "처음에 사용한 방법으로 로그인해 주세요. 로그인한 뒤 이 방법으로 다시 로그인하면 추가할 \
         수 있습니다.",
    ),
    sign_in_as_before: Sentence::new(
        "{} 계정으로 로그인해 주세요. 로그인한 뒤 이 방법으로 다시 로그인하면 추가할 수 있습니다.",
    ),
    sign_in_expired: ErrorText::new(
        "로그인이 너무 오래 걸렸습니다",
        "시작한 지 너무 오래되어 이 로그인을 완료할 수 없습니다.",
        "다시 시작해 주세요. 잃어버린 것은 없습니다.",
    ),
    sign_in_not_started_here: ErrorText::new(
        "여기에서 시작한 로그인이 아닙니다",
        "다른 브라우저에서 시작되었거나 이 브라우저가 쿠키를 차단합니다.",
        "여기에서 다시 시작해 주세요. 이 페이지가 다시 나타나면 이 사이트의 쿠키를 허용해 주세요.",
    ),
    sign_in_reused: ErrorText::new(
        "이미 사용된 로그인입니다",
        "로그인은 한 번만 유효합니다. 뒤로 버튼이나 새로고침을 누르면 이전 로그인이 다시 \
         나타납니다.",
        "원하시는 페이지로 이동하거나 다시 로그인해 주세요.",
    ),
    provider_denied: ErrorText::new(
        "로그인이 취소되었습니다",
        "제공업체에서 계속할 수 없었습니다. 대부분 그곳에서 취소한 경우입니다.",
        "다시 시도하거나 다른 로그인 방법을 선택해 주세요.",
    ),
    provider_unreachable: ErrorText::new(
        "제공업체에 연결할 수 없습니다",
        "제시간에 응답하지 않았습니다. 귀하의 잘못이 아닙니다.",
        "1분 정도 기다렸다가 다시 시도하거나 다른 로그인 방법을 선택해 주세요.",
    ),
    provider_answer: ErrorText::new(
        "제공업체의 응답을 이해하지 못했습니다",
        "이 사이트에서 사용할 수 없는 응답입니다.",
        "다시 시도해 주세요. 문제가 반복되면 이 사이트의 운영자에게 알려 주세요.",
    ),
    id_token: ErrorText::new(
        "제공업체의 응답이 받아들여지지 않았습니다",
        "신원 증명이 검사를 통과하지 못하여 로그인되지 않았습니다.",
        "다시 시도해 주세요. 문제가 반복되면 이 사이트의 운영자에게 알려 주세요.",
    ),
    profile: ErrorText::new(
        "계정을 읽을 수 없습니다",
        "제공업체가 이 사이트에 필요한 계정 정보를 보내지 않았습니다.",
        "다시 시도하면서 접근을 허용하거나 다른 계정을 사용해 주세요.",
    ),
    auth_time: ErrorText::new(
        "로그인한 지 오래되었습니다",
        "이 페이지에는 새로운 로그인이 필요하지만 제공업체가 확인해 주지 않았습니다.",
        "다시 로그인해 주세요. 제공업체가 요청하면 그곳에서 비밀번호를 입력해 주세요.",
    ),
    unknown_provider: ErrorText::new(
        "없는 로그인 방법입니다",
        "요청한 방법은 이 사이트에서 제공하지 않습니다.",
        "로그인 페이지에 있는 방법 중에서 선택해 주세요.",
    ),
    clients_unavailable: ErrorText::new(
        "지금은 로그인할 수 없습니다",
        "이 사이트에서 로그인 방법을 확인할 수 없었습니다. 귀하의 잘못이 아닙니다.",
        "1분 정도 기다렸다가 다시 시도해 주세요.",
    ),
    proxy_origin: ErrorText::new(
        "알 수 없는 주소에서 시작된 로그인입니다",
        "이 사이트는 해당 주소에서 시작한 로그인을 완료하지 않습니다.",
        "그 주소를 신뢰하신다면 그곳의 운영자에게 알려 주세요.",
    ),
    session_codec: ErrorText::new(
        "로그인을 저장할 수 없습니다",
        "귀하가 아니라 이 사이트의 오류입니다.",
        "나중에 다시 시도해 주세요. 문제가 반복되면 이 사이트의 운영자에게 알려 주세요.",
    ),
    unknown_action: ErrorText::new(
        "페이지를 찾을 수 없습니다",
        "이 주소에는 아무것도 없습니다.",
        "주소에 오류가 없는지 확인하거나 로그인 페이지로 이동해 주세요.",
    ),
    unknown_host: ErrorText::new(
        "이 주소에서는 로그인할 수 없습니다",
        "이 사이트가 자신의 것으로 알지 못하는 주소로 접속하셨습니다.",
        "평소 사용하던 주소를 이용해 주세요. 이 주소가 맞다면 이 사이트의 운영자에게 알려 주세요.",
    ),
    account_of_another_user: ErrorText::new(
        "다른 사용자의 계정입니다",
        "현재 로그인한 사용자가 아닌 다른 분이 이 계정으로 로그인합니다.",
        "그 사용자로 전환하려면 먼저 로그아웃해 주세요. 계정을 추가하려면 다른 계정을 선택해 \
         주세요.",
    ),
    session_changed: ErrorText::new(
        "로그인 상태가 바뀌었습니다",
        "계정을 추가하기 시작한 뒤 로그아웃했거나 다른 사용자로 바뀌었습니다.",
        "평소대로 로그인한 다음 계정을 추가해 주세요.",
    ),
    store_unavailable: ErrorText::new(
        "지금은 로그인할 수 없습니다",
        "이 사이트가 사용자 저장소에 연결할 수 없습니다. 귀하의 잘못이 아닙니다.",
        "1분 정도 기다렸다가 다시 시도해 주세요.",
    ),
    session_too_large: ErrorText::new(
        "로그인 상태를 유지할 수 없습니다",
        "이 사이트가 기억하는 정보가 쿠키에 담을 수 있는 양을 넘습니다.",
        "이 사이트의 운영자에게 알려 주세요.",
    ),
    callback_failed: ErrorText::new(
        "이 사이트에서 로그인을 완료할 수 없습니다",
        "사이트 자체 검사 중에 문제가 발생했습니다. 귀하의 잘못이 아닙니다.",
        "나중에 다시 시도해 주세요. 문제가 반복되면 이 사이트의 운영자에게 알려 주세요.",
    ),

    verification: ErrorText::new(
        "로그인할 수 없습니다",
        "로그인 링크가 더 이상 유효하지 않습니다.",
        "이미 사용되었거나 만료되었을 수 있습니다. 다시 로그인해 주세요.",
    ),
    another_account: ErrorText::new(
        "로그인할 수 없습니다",
        "본인 확인을 위해 처음에 사용한 계정으로 로그인해 주세요.",
        "해당 로그인 방법을 선택해 주세요.",
    ),
    email_not_sent: ErrorText::new(
        "로그인할 수 없습니다",
        "이메일을 보낼 수 없습니다.",
        "주소를 확인하고 다시 시도해 주세요.",
    ),
    credentials: ErrorText::new(
        "로그인에 실패했습니다",
        "입력하신 정보가 올바른지 확인해 주세요.",
        "그런 다음 다시 시도해 주세요.",
    ),
    session_required: ErrorText::new(
        "로그인이 필요합니다",
        "이 페이지를 보려면 로그인해 주세요.",
        "로그인하면 이 페이지로 돌아옵니다.",
    ),
    not_finished: ErrorText::new(
        "로그인할 수 없습니다",
        "로그인을 완료할 수 없습니다.",
        "다른 계정으로 로그인해 보세요.",
    ),
    unknown: ErrorText::new(
        "로그인할 수 없습니다",
        "로그인을 완료할 수 없습니다.",
        "다시 시도해 주세요. 문제가 반복되면 이 사이트의 운영자에게 알려 주세요.",
    ),
};
