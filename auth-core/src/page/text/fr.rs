//! French, with the formal address, and narrow no-break spaces before high punctuation.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "Se connecter",
    sign_in_to: Sentence::new("Se connecter à {}"),
    sign_in_after_error: "Erreur – Se connecter",
    confirm: "Pour accéder à cette page, veuillez vous reconnecter afin de confirmer qu’il \
              s’agit bien de vous.",
    signed_in_as: Sentence::new("Vous êtes connecté en tant que {}."),
    continue_as: Sentence::new("Continuer en tant que {}"),
    another_account: "ou utiliser un autre compte",
    continue_with: Sentence::new("Continuer avec {}"),
    continue_with_one_of: "Continuer avec",
    last_used: "Dernière méthode utilisée",
    no_provider: "Il n’est pas encore possible de se connecter à ce site.",
    register_provider: Sentence::new(
        "Si vous gérez ce site, déclarez un fournisseur avec {}, définissez {} et {}, puis \
         redémarrez.",
    ),

    sign_out: "Se déconnecter",
    sign_out_question: "Voulez-vous vraiment vous déconnecter ?",
    cancel: "Annuler",

    continue_to: Sentence::new("Continuer vers {}"),
    continue_to_sign_out: "Continuer vers la déconnexion",
    being_taken: "Vous allez être redirigé. Si rien ne se passe, utilisez le bouton.",
    go_on: "Continuer",

    check_email: "Consultez votre messagerie",
    link_sent: "Un lien de connexion a été envoyé à votre adresse e-mail.",
    nothing_arrived: "Rien reçu ? Regardez dans le dossier des courriers indésirables, ou \
                      recommencez.",
    back_to: Sentence::new("Retour à {}"),

    error_title: Sentence::new("Erreur : {} – Se connecter"),
    sign_in_again: "Se reconnecter",
    code: "Code",
    reference: "Référence",
    either: Sentence::new("{} ou {}"),
    errors: ERRORS,

    language: "Langue",
    change_language: "Changer",
    privacy: "Confidentialité",
    terms: "Conditions d’utilisation",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "Accès refusé",
        "Vous n’êtes pas autorisé à vous connecter.",
        "Utilisez un autre compte, ou demandez l’accès aux responsables de ce site.",
    ),
    configuration: ErrorText::new(
        "Erreur du serveur",
        "La configuration du serveur pose problème.",
        "Réessayez plus tard. Si vous gérez ce site, consultez les journaux du serveur.",
    ),
    csrf: ErrorText::new(
        "Le formulaire avait expiré",
        "Il est resté ouvert longtemps, ou ce navigateur bloque les cookies.",
        "Réessayez. Si cette page réapparaît, autorisez les cookies pour ce site.",
    ),
    account_not_linked: ErrorText::new(
        "Vous vous êtes connecté autrement auparavant",
        "Votre adresse e-mail appartient à un utilisateur de ce site qui se connecte autrement.",
        "Connectez-vous comme la première fois. Une fois connecté, vous pourrez ajouter ce \
         moyen en vous connectant de nouveau avec lui.",
    ),
    sign_in_as_before: Sentence::new(
        "Connectez-vous avec {}. Une fois connecté, vous pourrez ajouter ce moyen en vous \
         connectant de nouveau avec lui.",
    ),
    sign_in_expired: ErrorText::new(
        "La connexion a pris trop de temps",
        "Cette connexion a été commencée il y a trop longtemps pour être terminée.",
        "Recommencez. Rien n’est perdu.",
    ),
    sign_in_not_started_here: ErrorText::new(
        "La connexion n’a pas été commencée ici",
        "Elle a été commencée dans un autre navigateur, ou ce navigateur bloque les cookies.",
        "Recommencez ici. Si cette page réapparaît, autorisez les cookies pour ce site.",
    ),
    sign_in_reused: ErrorText::new(
        "Cette connexion a déjà servi",
        "Chaque connexion ne sert qu’une fois. Le bouton Précédent ou une actualisation en \
         rappelle une ancienne.",
        "Allez à la page que vous vouliez, ou reconnectez-vous.",
    ),
    provider_denied: ErrorText::new(
        "La connexion a été annulée",
        "Le fournisseur ne vous a pas laissé continuer, le plus souvent parce que vous avez \
         annulé chez lui.",
        "Réessayez, ou choisissez un autre moyen de vous connecter.",
    ),
    provider_unreachable: ErrorText::new(
        "Le fournisseur est injoignable",
        "Il n’a pas répondu à temps. Vous n’y êtes pour rien.",
        "Patientez une minute et réessayez, ou choisissez un autre moyen de vous connecter.",
    ),
    provider_answer: ErrorText::new(
        "La réponse du fournisseur n’a pas été comprise",
        "Ce site ne peut pas exploiter sa réponse.",
        "Réessayez. Si cela se reproduit, prévenez les responsables de ce site.",
    ),
    id_token: ErrorText::new(
        "La réponse du fournisseur n’a pas été acceptée",
        "Sa preuve de votre identité n’a pas passé les vérifications ; personne n’a donc été \
         connecté.",
        "Réessayez. Si cela se reproduit, prévenez les responsables de ce site.",
    ),
    profile: ErrorText::new(
        "Votre compte n’a pas pu être lu",
        "Le fournisseur n’a pas envoyé les informations du compte dont ce site a besoin.",
        "Réessayez en autorisant leur accès, ou utilisez un autre compte.",
    ),
    auth_time: ErrorText::new(
        "Votre connexion n’était pas assez récente",
        "Cette page demande une nouvelle connexion, et le fournisseur n’en a pas confirmé.",
        "Reconnectez-vous. Si le fournisseur le demande, saisissez-y votre mot de passe.",
    ),
    unknown_provider: ErrorText::new(
        "Ce moyen de connexion n’existe pas",
        "Ce site ne propose pas celui qui a été demandé.",
        "Choisissez-en un sur la page de connexion.",
    ),
    clients_unavailable: ErrorText::new(
        "La connexion ne fonctionne pas pour le moment",
        "Ce site n’a pas pu déterminer comment vous vous connectez. Vous n’y êtes pour rien.",
        "Patientez une minute et réessayez.",
    ),
    proxy_origin: ErrorText::new(
        "La connexion a été commencée à une adresse inconnue",
        "Ce site ne termine pas de connexion pour l’adresse où vous avez commencé.",
        "Si vous faites confiance à cette adresse, prévenez ses responsables.",
    ),
    session_codec: ErrorText::new(
        "Votre connexion n’a pas pu être enregistrée",
        "L’erreur vient de ce site, pas de vous.",
        "Réessayez plus tard. Si cela se reproduit, prévenez les responsables de ce site.",
    ),
    unknown_action: ErrorText::new(
        "Page introuvable",
        "Il n’y a rien à cette adresse.",
        "Vérifiez qu’elle ne comporte pas d’erreur, ou allez à la page de connexion.",
    ),
    unknown_host: ErrorText::new(
        "Cette adresse ne permet pas de se connecter",
        "Vous êtes arrivé sur ce site par une adresse qu’il ne reconnaît pas comme sienne.",
        "Utilisez son adresse habituelle. Si c’est bien celle-ci, prévenez les responsables de \
         ce site.",
    ),
    account_of_another_user: ErrorText::new(
        "Ce compte appartient à un autre utilisateur",
        "Il sert à connecter ici quelqu’un d’autre que l’utilisateur que vous êtes actuellement.",
        "Pour passer à cet utilisateur, déconnectez-vous d’abord. Pour ajouter un compte, \
         choisissez-en un autre.",
    ),
    session_changed: ErrorText::new(
        "Vous n’êtes plus connecté comme avant",
        "Vous avez commencé à ajouter un compte, puis vous vous êtes déconnecté ou avez changé \
         d’utilisateur.",
        "Connectez-vous comme d’habitude, puis ajoutez le compte.",
    ),
    store_unavailable: ErrorText::new(
        "Vous ne pouvez pas être connecté pour le moment",
        "Ce site n’arrive pas à joindre l’endroit où il conserve ses utilisateurs. Vous n’y \
         êtes pour rien.",
        "Patientez une minute et réessayez.",
    ),
    session_too_large: ErrorText::new(
        "Votre connexion n’a pas pu être maintenue",
        "Ce site retient plus d’informations sur vous qu’un cookie ne peut en contenir.",
        "Prévenez les responsables de ce site.",
    ),
    callback_failed: ErrorText::new(
        "Ce site n’a pas pu terminer la connexion",
        "Une de ses propres vérifications a échoué. Vous n’y êtes pour rien.",
        "Réessayez plus tard. Si cela se reproduit, prévenez les responsables de ce site.",
    ),

    verification: ErrorText::new(
        "Connexion impossible",
        "Le lien de connexion n’est plus valable.",
        "Il a peut-être déjà servi, ou il a expiré. Reconnectez-vous.",
    ),
    another_account: ErrorText::new(
        "Connexion impossible",
        "Pour confirmer votre identité, connectez-vous avec le compte utilisé la première fois.",
        "Choisissez ce moyen de connexion.",
    ),
    email_not_sent: ErrorText::new(
        "Connexion impossible",
        "L’e-mail n’a pas pu être envoyé.",
        "Vérifiez l’adresse et réessayez.",
    ),
    credentials: ErrorText::new(
        "Échec de la connexion",
        "Vérifiez que les informations saisies sont correctes.",
        "Réessayez ensuite.",
    ),
    session_required: ErrorText::new(
        "Connexion requise",
        "Veuillez vous connecter pour accéder à cette page.",
        "Vous y serez ensuite ramené.",
    ),
    not_finished: ErrorText::new(
        "Connexion impossible",
        "La connexion n’a pas pu être terminée.",
        "Essayez de vous connecter avec un autre compte.",
    ),
    unknown: ErrorText::new(
        "Connexion impossible",
        "La connexion n’a pas pu être terminée.",
        "Réessayez. Si cela se reproduit, prévenez les responsables de ce site.",
    ),
};
