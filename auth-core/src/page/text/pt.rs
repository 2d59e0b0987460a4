//! Portuguese, in words that are at home in Brazil and understood in Portugal.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "Entrar",
    sign_in_to: Sentence::new("Entrar em {}"),
    sign_in_after_error: "Erro – Entrar",
    confirm: "Para esta página, entre novamente para confirmar que é você.",
    signed_in_as: Sentence::new("Você entrou como {}."),
    continue_as: Sentence::new("Continuar como {}"),
    another_account: "ou usar outra conta",
    continue_with: Sentence::new("Continuar com {}"),
    continue_with_one_of: "Continuar com",
    last_used: "Último usado",
    no_provider: "Ainda não é possível entrar neste site.",
    register_provider: Sentence::new(
        "Se você administra este site, registre um provedor com {}, defina {} e {}, e reinicie.",
    ),

    sign_out: "Sair",
    sign_out_question: "Tem certeza de que deseja sair?",
    cancel: "Cancelar",

    continue_to: Sentence::new("Continuar para {}"),
    continue_to_sign_out: "Continuar para a saída",
    being_taken: "Você está sendo redirecionado. Se nada acontecer, use o botão.",
    go_on: "Continuar",

    check_email: "Verifique seu e-mail",
    link_sent: "Um link de acesso foi enviado para o seu endereço de e-mail.",
    nothing_arrived: "Não chegou nada? Olhe na pasta de spam ou comece de novo.",
    back_to: Sentence::new("Voltar para {}"),

    error_title: Sentence::new("Erro: {} – Entrar"),
    sign_in_again: "Entrar novamente",
    code: "Código",
    reference: "Referência",
    either: Sentence::new("{} ou {}"),
    errors: ERRORS,

    language: "Idioma",
    change_language: "Alterar",
    privacy: "Privacidade",
    terms: "Termos de uso",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "Acesso negado",
        "Você não tem permissão para entrar.",
        "Use outra conta ou peça acesso aos responsáveis por este site.",
    ),
    configuration: ErrorText::new(
        "Erro no servidor",
        "Há um problema na configuração do servidor.",
        "Tente mais tarde. Se você administra este site, consulte os registros do servidor.",
    ),
    csrf: ErrorText::new(
        "O formulário expirou",
        "Ele ficou aberto por muito tempo, ou este navegador bloqueia cookies.",
        "Tente novamente. Se esta página voltar a aparecer, permita cookies para este site.",
    ),
    account_not_linked: ErrorText::new(
        "Antes você entrou de outra forma",
        "Seu endereço de e-mail pertence a um usuário deste site que entra de outra forma.",
        "Entre como da primeira vez. Depois, você pode adicionar esta opção entrando com ela de \
         novo.",
    ),
    sign_in_as_before: Sentence::new(
        "Entre com {}. Depois, você pode adicionar esta opção entrando com ela de novo.",
    ),
    sign_in_expired: ErrorText::new(
        "O acesso demorou demais",
        "Este acesso foi iniciado há tempo demais para ser concluído.",
        "Comece de novo. Nada se perdeu.",
    ),
    sign_in_not_started_here: ErrorText::new(
        "O acesso não foi iniciado aqui",
        "Ele foi iniciado em outro navegador, ou este navegador bloqueia cookies.",
        "Comece de novo aqui. Se esta página voltar a aparecer, permita cookies para este site.",
    ),
    sign_in_reused: ErrorText::new(
        "Este acesso já foi usado",
        "Cada acesso vale uma única vez. O botão Voltar ou recarregar a página traz um antigo.",
        "Vá para a página que você queria ou entre novamente.",
    ),
    provider_denied: ErrorText::new(
        "O acesso foi cancelado",
        "O provedor não permitiu continuar, quase sempre porque você cancelou lá.",
        "Tente novamente ou escolha outra forma de entrar.",
    ),
    provider_unreachable: ErrorText::new(
        "Não foi possível contatar o provedor",
        "Ele não respondeu a tempo. A culpa não é sua.",
        "Espere um minuto e tente novamente, ou escolha outra forma de entrar.",
    ),
    provider_answer: ErrorText::new(
        "A resposta do provedor não foi entendida",
        "Ele respondeu de um modo que este site não consegue usar.",
        "Tente novamente. Se acontecer de novo, avise os responsáveis por este site.",
    ),
    id_token: ErrorText::new(
        "A resposta do provedor não foi aceita",
        "A prova de quem você é não passou nas verificações; por isso, ninguém entrou.",
        "Tente novamente. Se acontecer de novo, avise os responsáveis por este site.",
    ),
    profile: ErrorText::new(
        "Não foi possível ler sua conta",
        "O provedor não enviou os dados da conta de que este site precisa.",
        "Tente novamente e permita o acesso a eles, ou use outra conta.",
    ),
    auth_time: ErrorText::new(
        "Seu acesso não era recente o bastante",
        "Esta página pede um novo acesso, e o provedor não confirmou nenhum.",
        "Entre novamente. Se o provedor pedir, digite sua senha lá.",
    ),
    unknown_provider: ErrorText::new(
        "Essa forma de entrar não existe",
        "Este site não oferece a que foi pedida.",
        "Escolha uma das que estão na página de acesso.",
    ),
    clients_unavailable: ErrorText::new(
        "No momento não é possível entrar",
        "Este site não conseguiu descobrir como você entra. A culpa não é sua.",
        "Espere um minuto e tente novamente.",
    ),
    proxy_origin: ErrorText::new(
        "O acesso foi iniciado em um endereço desconhecido",
        "Este site não conclui acessos para o endereço em que você começou.",
        "Se você confia nesse endereço, avise os responsáveis por ele.",
    ),
    session_codec: ErrorText::new(
        "Não foi possível registrar seu acesso",
        "O erro é deste site, não seu.",
        "Tente mais tarde. Se acontecer de novo, avise os responsáveis por este site.",
    ),
    unknown_action: ErrorText::new(
        "Página não encontrada",
        "Não há nada neste endereço.",
        "Verifique se ele está correto ou vá para a página de acesso.",
    ),
    unknown_host: ErrorText::new(
        "Não é possível entrar por este endereço",
        "Você chegou a este site por um endereço que ele não reconhece como seu.",
        "Use o endereço habitual. Se for este, avise os responsáveis por este site.",
    ),
    account_of_another_user: ErrorText::new(
        "Esta conta pertence a outro usuário",
        "É com ela que outra pessoa entra aqui, não o usuário com que você entrou.",
        "Para mudar para esse usuário, saia primeiro. Para adicionar uma conta, escolha outra.",
    ),
    session_changed: ErrorText::new(
        "Você não está mais conectado como antes",
        "Você começou a adicionar uma conta e depois saiu ou mudou de usuário.",
        "Entre como de costume e depois adicione a conta.",
    ),
    store_unavailable: ErrorText::new(
        "No momento você não pode entrar",
        "Este site não consegue acessar o lugar onde guarda seus usuários. A culpa não é sua.",
        "Espere um minuto e tente novamente.",
    ),
    session_too_large: ErrorText::new(
        "Não foi possível manter você conectado",
        "Este site guarda mais sobre você do que cabe em um cookie.",
        "Avise os responsáveis por este site.",
    ),
    callback_failed: ErrorText::new(
        "Este site não conseguiu concluir o acesso",
        "Algo falhou nas suas próprias verificações. A culpa não é sua.",
        "Tente mais tarde. Se acontecer de novo, avise os responsáveis por este site.",
    ),

    verification: ErrorText::new(
        "Não foi possível entrar",
        "O link de acesso não é mais válido.",
        "Ele pode já ter sido usado ou ter expirado. Entre novamente.",
    ),
    another_account: ErrorText::new(
        "Não foi possível entrar",
        "Para confirmar sua identidade, entre com a mesma conta usada da primeira vez.",
        "Escolha essa forma de entrar.",
    ),
    email_not_sent: ErrorText::new(
        "Não foi possível entrar",
        "Não foi possível enviar o e-mail.",
        "Verifique o endereço e tente novamente.",
    ),
    credentials: ErrorText::new(
        "Falha ao entrar",
        "Verifique se os dados informados estão corretos.",
        "Depois, tente novamente.",
    ),
    session_required: ErrorText::new(
        "É necessário entrar",
        "Entre para acessar esta página.",
        "Depois, você voltará a ela.",
    ),
    not_finished: ErrorText::new(
        "Não foi possível entrar",
        "Não foi possível concluir o acesso.",
        "Tente entrar com outra conta.",
    ),
    unknown: ErrorText::new(
        "Não foi possível entrar",
        "Não foi possível concluir o acesso.",
        "Tente novamente. Se acontecer de novo, avise os responsáveis por este site.",
    ),
};
