//! Italian, without an address where that is possible, else the formal one.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "Accedi",
    sign_in_to: Sentence::new("Accedi a {}"),
    sign_in_after_error: "Errore – Accedi",
    confirm: "Per questa pagina è necessario accedere di nuovo, a conferma della Sua identità.",
    signed_in_as: Sentence::new("Accesso effettuato come {}."),
    continue_as: Sentence::new("Continua come {}"),
    another_account: "o usa un altro account",
    continue_with: Sentence::new("Continua con {}"),
    continue_with_one_of: "Continua con",
    last_used: "Ultimo usato",
    no_provider: "Non è ancora possibile accedere a questo sito.",
    register_provider: Sentence::new(
        "Per chi gestisce questo sito: registrare un provider con {}, impostare {} e {}, e \
         riavviare.",
    ),

    sign_out: "Esci",
    sign_out_question: "Vuole davvero uscire?",
    cancel: "Annulla",

    continue_to: Sentence::new("Continua su {}"),
    continue_to_sign_out: "Continua con l’uscita",
    being_taken: "Reindirizzamento in corso. Se non succede nulla, usi il pulsante.",
    go_on: "Continua",

    check_email: "Controlli la posta",
    link_sent: "Un link di accesso è stato inviato al Suo indirizzo e-mail.",
    nothing_arrived: "Non è arrivato nulla? Guardi nella cartella della posta indesiderata o \
                      ricominci.",
    back_to: Sentence::new("Torna a {}"),

    error_title: Sentence::new("Errore: {} – Accedi"),
    sign_in_again: "Accedi di nuovo",
    code: "Codice",
    reference: "Riferimento",
    either: Sentence::new("{} o {}"),
    errors: ERRORS,

    language: "Lingua",
    change_language: "Cambia",
    privacy: "Privacy",
    terms: "Condizioni d’uso",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "Accesso negato",
        "Non ha l’autorizzazione ad accedere.",
        "Usi un altro account o chieda l’accesso a chi gestisce questo sito.",
    ),
    configuration: ErrorText::new(
        "Errore del server",
        "C’è un problema nella configurazione del server.",
        "Riprovi più tardi. Se gestisce questo sito, consulti i log del server.",
    ),
    csrf: ErrorText::new(
        "Il modulo era scaduto",
        "È rimasto aperto a lungo, oppure questo browser blocca i cookie.",
        "Riprovi. Se questa pagina ricompare, consenta i cookie per questo sito.",
    ),
    account_not_linked: ErrorText::new(
        "In precedenza ha effettuato l’accesso in un altro modo",
        "Il Suo indirizzo e-mail appartiene a un utente di questo sito che accede in un altro \
         modo.",
        "Acceda come la prima volta. In seguito potrà aggiungere questo modo usandolo di nuovo \
         per accedere.",
    ),
    sign_in_as_before: Sentence::new(
        "Acceda con {}. In seguito potrà aggiungere questo modo usandolo di nuovo per accedere.",
    ),
    sign_in_expired: ErrorText::new(
        "L’accesso ha richiesto troppo tempo",
        "Questo accesso è stato iniziato troppo tempo fa per poter essere completato.",
        "Ricominci. Non è andato perso nulla.",
    ),
    sign_in_not_started_here: ErrorText::new(
        "L’accesso non è stato iniziato qui",
        "È stato iniziato in un altro browser, oppure questo browser blocca i cookie.",
        "Ricominci da qui. Se questa pagina ricompare, consenta i cookie per questo sito.",
    ),
    sign_in_reused: ErrorText::new(
        "Questo accesso è già stato usato",
        "Ogni accesso vale una volta sola. Il pulsante Indietro o un ricaricamento ne richiama \
         uno vecchio.",
        "Vada alla pagina desiderata o acceda di nuovo.",
    ),
    provider_denied: ErrorText::new(
        "L’accesso è stato annullato",
        "Il provider non Le ha permesso di continuare, quasi sempre perché lì ha annullato.",
        "Riprovi o scelga un altro modo di accedere.",
    ),
    provider_unreachable: ErrorText::new(
        "Il provider non è raggiungibile",
        "Non ha risposto in tempo. Non è colpa Sua.",
        "Aspetti un minuto e riprovi, o scelga un altro modo di accedere.",
    ),
    provider_answer: ErrorText::new(
        "La risposta del provider non è stata compresa",
        "Questo sito non può usare la risposta ricevuta.",
        "Riprovi. Se succede ancora, avvisi chi gestisce questo sito.",
    ),
    id_token: ErrorText::new(
        "La risposta del provider non è stata accettata",
        "La prova della Sua identità non ha superato i controlli, quindi l’accesso non è \
         avvenuto.",
        "Riprovi. Se succede ancora, avvisi chi gestisce questo sito.",
    ),
    profile: ErrorText::new(
        "Non è stato possibile leggere il Suo account",
        "Il provider non ha inviato i dati dell’account di cui questo sito ha bisogno.",
        "Riprovi consentendone l’accesso, o usi un altro account.",
    ),
    auth_time: ErrorText::new(
        "Il Suo accesso non era abbastanza recente",
        "Questa pagina richiede un nuovo accesso e il provider non ne ha confermato uno.",
        "Acceda di nuovo. Se il provider la chiede, inserisca lì la password.",
    ),
    unknown_provider: ErrorText::new(
        "Questo modo di accedere non esiste",
        "Questo sito non offre quello richiesto.",
        "Ne scelga uno nella pagina di accesso.",
    ),
    clients_unavailable: ErrorText::new(
        "Al momento non è possibile accedere",
        "Questo sito non ha potuto stabilire come Lei accede. Non è colpa Sua.",
        "Aspetti un minuto e riprovi.",
    ),
    proxy_origin: ErrorText::new(
        "L’accesso è stato iniziato da un indirizzo sconosciuto",
        "Questo sito non completa accessi per l’indirizzo da cui è partito.",
        "Se si fida di quell’indirizzo, avvisi chi lo gestisce.",
    ),
    session_codec: ErrorText::new(
        "Non è stato possibile salvare il Suo accesso",
        "L’errore è di questo sito, non Suo.",
        "Riprovi più tardi. Se succede ancora, avvisi chi gestisce questo sito.",
    ),
    unknown_action: ErrorText::new(
        "Pagina non trovata",
        "A questo indirizzo non c’è nulla.",
        "Controlli che non contenga errori o vada alla pagina di accesso.",
    ),
    unknown_host: ErrorText::new(
        "Da questo indirizzo non è possibile accedere",
        "È arrivato su questo sito da un indirizzo che il sito non riconosce come proprio.",
        "Usi il suo indirizzo abituale. Se è questo, avvisi chi gestisce questo sito.",
    ),
    account_of_another_user: ErrorText::new(
        "Questo account appartiene a un altro utente",
        "Con questo account accede qui un’altra persona, non l’utente attuale.",
        "Per passare a quell’utente, prima esca. Per aggiungere un account, ne scelga un altro.",
    ),
    session_changed: ErrorText::new(
        "L’accesso non è più quello di prima",
        "Aveva iniziato ad aggiungere un account, poi è uscito o ha cambiato utente.",
        "Acceda come al solito, poi aggiunga l’account.",
    ),
    store_unavailable: ErrorText::new(
        "Al momento l’accesso non è possibile",
        "Questo sito non riesce a raggiungere il luogo in cui conserva gli utenti. Non è colpa \
         Sua.",
        "Aspetti un minuto e riprovi.",
    ),
    session_too_large: ErrorText::new(
        "Non è stato possibile mantenere l’accesso",
        "Questo sito ricorda su di Lei più di quanto un cookie possa contenere.",
        "Avvisi chi gestisce questo sito.",
    ),
    callback_failed: ErrorText::new(
        "Questo sito non ha potuto completare l’accesso",
        "Uno dei suoi controlli non è riuscito. Non è colpa Sua.",
        "Riprovi più tardi. Se succede ancora, avvisi chi gestisce questo sito.",
    ),

    verification: ErrorText::new(
        "Impossibile accedere",
        "Il link di accesso non è più valido.",
        "Forse è già stato usato o è scaduto. Acceda di nuovo.",
    ),
    another_account: ErrorText::new(
        "Impossibile accedere",
        "Per confermare la Sua identità, acceda con lo stesso account usato la prima volta.",
        "Scelga quel modo di accedere.",
    ),
    email_not_sent: ErrorText::new(
        "Impossibile accedere",
        "Non è stato possibile inviare l’e-mail.",
        "Controlli l’indirizzo e riprovi.",
    ),
    credentials: ErrorText::new(
        "Accesso non riuscito",
        "Controlli che i dati inseriti siano corretti.",
        "Poi riprovi.",
    ),
    session_required: ErrorText::new(
        "Accesso necessario",
        "Per visualizzare questa pagina è necessario accedere.",
        "Dopo l’accesso tornerà qui.",
    ),
    not_finished: ErrorText::new(
        "Impossibile accedere",
        "Non è stato possibile completare l’accesso.",
        "Provi ad accedere con un altro account.",
    ),
    unknown: ErrorText::new(
        "Impossibile accedere",
        "Non è stato possibile completare l’accesso.",
        "Riprovi. Se succede ancora, avvisi chi gestisce questo sito.",
    ),
};
