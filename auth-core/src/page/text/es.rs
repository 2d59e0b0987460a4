//! Spanish, with the formal address.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "Iniciar sesión",
    sign_in_to: Sentence::new("Iniciar sesión en {}"),
    sign_in_after_error: "Error – Iniciar sesión",
    confirm: "Para esta página, inicie sesión de nuevo y confirme así que es usted.",
    signed_in_as: Sentence::new("Ha iniciado sesión como {}."),
    continue_as: Sentence::new("Continuar como {}"),
    another_account: "o usar otra cuenta",
    continue_with: Sentence::new("Continuar con {}"),
    continue_with_one_of: "Continuar con",
    last_used: "Último usado",
    no_provider: "Todavía no es posible iniciar sesión en este sitio.",
    register_provider: Sentence::new(
        "Si usted administra este sitio, registre un proveedor con {}, defina {} y {}, y \
         reinicie.",
    ),

    sign_out: "Cerrar sesión",
    sign_out_question: "¿Seguro que desea cerrar sesión?",
    cancel: "Cancelar",

    continue_to: Sentence::new("Continuar a {}"),
    continue_to_sign_out: "Continuar al cierre de sesión",
    being_taken: "Se le está redirigiendo. Si no ocurre nada, use el botón.",
    go_on: "Continuar",

    check_email: "Revise su correo",
    link_sent: "Se ha enviado un enlace de inicio de sesión a su dirección de correo electrónico.",
    nothing_arrived: "¿No ha llegado nada? Mire en la carpeta de correo no deseado o empiece de \
                      nuevo.",
    back_to: Sentence::new("Volver a {}"),

    error_title: Sentence::new("Error: {} – Iniciar sesión"),
    sign_in_again: "Iniciar sesión de nuevo",
    code: "Código",
    reference: "Referencia",
    either: Sentence::new("{} o {}"),
    errors: ERRORS,

    language: "Idioma",
    change_language: "Cambiar",
    privacy: "Privacidad",
    terms: "Condiciones de uso",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "Acceso denegado",
        "No tiene permiso para iniciar sesión.",
        "Use otra cuenta o pida acceso a los responsables de este sitio.",
    ),
    configuration: ErrorText::new(
        "Error del servidor",
        "Hay un problema con la configuración del servidor.",
        "Inténtelo más tarde. Si usted administra este sitio, consulte los registros del \
         servidor.",
    ),
    csrf: ErrorText::new(
        "El formulario había caducado",
        "Estuvo abierto mucho tiempo, o este navegador bloquea las cookies.",
        "Inténtelo de nuevo. Si vuelve a ver esta página, permita las cookies de este sitio.",
    ),
    account_not_linked: ErrorText::new(
        "Antes inició sesión de otra manera",
        "Su dirección de correo pertenece a un usuario de este sitio que inicia sesión de otra \
         manera.",
        "Inicie sesión como la primera vez. Después podrá añadir esta opción iniciando sesión \
         con ella de nuevo.",
    ),
    sign_in_as_before: Sentence::new(
        "Inicie sesión con {}. Después podrá añadir esta opción iniciando sesión con ella de \
         nuevo.",
    ),
    sign_in_expired: ErrorText::new(
        "El inicio de sesión tardó demasiado",
        "Este inicio de sesión comenzó hace demasiado tiempo para poder terminarlo.",
        "Empiece de nuevo. No se ha perdido nada.",
    ),
    sign_in_not_started_here: ErrorText::new(
        "El inicio de sesión no comenzó aquí",
        "Comenzó en otro navegador, o este navegador bloquea las cookies.",
        "Empiece de nuevo aquí. Si vuelve a ver esta página, permita las cookies de este sitio.",
    ),
    sign_in_reused: ErrorText::new(
        "Este inicio de sesión ya se usó",
        "Cada inicio de sesión sirve una sola vez. El botón Atrás o recargar la página recupera \
         uno antiguo.",
        "Vaya a la página que quería o inicie sesión de nuevo.",
    ),
    provider_denied: ErrorText::new(
        "Se canceló el inicio de sesión",
        "El proveedor no le dejó continuar, casi siempre porque usted canceló allí.",
        "Inténtelo de nuevo o elija otra forma de iniciar sesión.",
    ),
    provider_unreachable: ErrorText::new(
        "No se puede contactar con el proveedor",
        "No respondió a tiempo. No es culpa suya.",
        "Espere un minuto e inténtelo de nuevo, o elija otra forma de iniciar sesión.",
    ),
    provider_answer: ErrorText::new(
        "No se entendió la respuesta del proveedor",
        "Respondió de un modo que este sitio no puede usar.",
        "Inténtelo de nuevo. Si vuelve a ocurrir, avise a los responsables de este sitio.",
    ),
    id_token: ErrorText::new(
        "No se aceptó la respuesta del proveedor",
        "Su prueba de quién es usted no superó las comprobaciones, así que no se inició ninguna \
         sesión.",
        "Inténtelo de nuevo. Si vuelve a ocurrir, avise a los responsables de este sitio.",
    ),
    profile: ErrorText::new(
        "No se pudo leer su cuenta",
        "El proveedor no envió los datos de la cuenta que este sitio necesita.",
        "Inténtelo de nuevo y permita el acceso a ellos, o use otra cuenta.",
    ),
    auth_time: ErrorText::new(
        "Su inicio de sesión no era lo bastante reciente",
        "Esta página pide un nuevo inicio de sesión y el proveedor no confirmó ninguno.",
        "Inicie sesión de nuevo. Si el proveedor se la pide, escriba allí su contraseña.",
    ),
    unknown_provider: ErrorText::new(
        "No existe esa forma de iniciar sesión",
        "Este sitio no ofrece la que se solicitó.",
        "Elija una de las que hay en la página de inicio de sesión.",
    ),
    clients_unavailable: ErrorText::new(
        "En este momento no se puede iniciar sesión",
        "Este sitio no pudo averiguar cómo inicia usted sesión. No es culpa suya.",
        "Espere un minuto e inténtelo de nuevo.",
    ),
    proxy_origin: ErrorText::new(
        "El inicio de sesión comenzó en una dirección desconocida",
        "Este sitio no termina inicios de sesión para la dirección donde usted comenzó.",
        "Si confía en esa dirección, avise a sus responsables.",
    ),
    session_codec: ErrorText::new(
        "No se pudo guardar su inicio de sesión",
        "El error es de este sitio, no suyo.",
        "Inténtelo más tarde. Si vuelve a ocurrir, avise a los responsables de este sitio.",
    ),
    unknown_action: ErrorText::new(
        "Página no encontrada",
        "No hay nada en esta dirección.",
        "Compruebe que no tenga errores o vaya a la página de inicio de sesión.",
    ),
    unknown_host: ErrorText::new(
        "En esta dirección no se puede iniciar sesión",
        "Llegó a este sitio por una dirección que no reconoce como propia.",
        "Use su dirección habitual. Si es esta, avise a los responsables de este sitio.",
    ),
    account_of_another_user: ErrorText::new(
        "Esta cuenta pertenece a otro usuario",
        "Con ella inicia sesión aquí otra persona, no el usuario con el que usted ha iniciado \
         sesión.",
        "Para cambiar a ese usuario, cierre primero la sesión. Para añadir una cuenta, elija \
         otra.",
    ),
    session_changed: ErrorText::new(
        "Su sesión ya no es la de antes",
        "Empezó a añadir una cuenta y después cerró la sesión o cambió de usuario.",
        "Inicie sesión como siempre y después añada la cuenta.",
    ),
    store_unavailable: ErrorText::new(
        "En este momento no puede iniciar sesión",
        "Este sitio no puede acceder al lugar donde guarda sus usuarios. No es culpa suya.",
        "Espere un minuto e inténtelo de nuevo.",
    ),
    session_too_large: ErrorText::new(
        "No se pudo mantener su sesión",
        "Este sitio recuerda sobre usted más de lo que cabe en una cookie.",
        "Avise a los responsables de este sitio.",
    ),
    callback_failed: ErrorText::new(
        "Este sitio no pudo terminar el inicio de sesión",
        "Falló alguna de sus propias comprobaciones. No es culpa suya.",
        "Inténtelo más tarde. Si vuelve a ocurrir, avise a los responsables de este sitio.",
    ),

    verification: ErrorText::new(
        "No se pudo iniciar sesión",
        "El enlace de inicio de sesión ya no es válido.",
        "Puede que ya se haya usado o que haya caducado. Inicie sesión de nuevo.",
    ),
    another_account: ErrorText::new(
        "No se pudo iniciar sesión",
        "Para confirmar su identidad, inicie sesión con la misma cuenta que usó la primera vez.",
        "Elija esa forma de iniciar sesión.",
    ),
    email_not_sent: ErrorText::new(
        "No se pudo iniciar sesión",
        "No se pudo enviar el correo electrónico.",
        "Compruebe la dirección e inténtelo de nuevo.",
    ),
    credentials: ErrorText::new(
        "Error al iniciar sesión",
        "Compruebe que los datos introducidos sean correctos.",
        "Después, inténtelo de nuevo.",
    ),
    session_required: ErrorText::new(
        "Es necesario iniciar sesión",
        "Inicie sesión para acceder a esta página.",
        "Después volverá a ella.",
    ),
    not_finished: ErrorText::new(
        "No se pudo iniciar sesión",
        "No se pudo terminar el inicio de sesión.",
        "Pruebe a iniciar sesión con otra cuenta.",
    ),
    unknown: ErrorText::new(
        "No se pudo iniciar sesión",
        "No se pudo terminar el inicio de sesión.",
        "Inténtelo de nuevo. Si vuelve a ocurrir, avise a los responsables de este sitio.",
    ),
};
