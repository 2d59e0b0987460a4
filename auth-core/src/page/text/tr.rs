//! Turkish, with the formal address.

use super::{ErrorText, ErrorTexts, Sentence, Text};

pub(super) const TEXT: Text = Text {
    sign_in: "Oturum aç",
    sign_in_to: Sentence::new("Oturum aç: {}"),
    sign_in_after_error: "Hata – Oturum aç",
    confirm: "Bu sayfa için lütfen yeniden oturum açarak siz olduğunuzu doğrulayın.",
    signed_in_as: Sentence::new("{} olarak oturum açtınız."),
    continue_as: Sentence::new("{} olarak devam et"),
    another_account: "veya başka bir hesap kullan",
    continue_with: Sentence::new("{} ile devam et"),
    continue_with_one_of: "Şununla devam et",
    last_used: "Son kullanılan",
    no_provider: "Bu sitede henüz oturum açılamıyor.",
    register_provider: Sentence::new(
        "Bu siteyi siz yönetiyorsanız {} ile bir sağlayıcı kaydedin, {} ve {} değişkenlerini \
         ayarlayın ve yeniden başlatın.",
    ),

    sign_out: "Oturumu kapat",
    sign_out_question: "Oturumu kapatmak istediğinizden emin misiniz?",
    cancel: "Vazgeç",

    continue_to: Sentence::new("Devam et: {}"),
    continue_to_sign_out: "Oturumu kapatmaya devam et",
    being_taken: "Yönlendiriliyorsunuz. Bir şey olmazsa düğmeyi kullanın.",
    go_on: "Devam et",

    check_email: "E-postanızı kontrol edin",
    link_sent: "E-posta adresinize bir oturum açma bağlantısı gönderildi.",
    nothing_arrived: "Bir şey gelmedi mi? İstenmeyen posta klasörüne bakın veya baştan başlayın.",
    back_to: Sentence::new("Geri dön: {}"),

    error_title: Sentence::new("Hata: {} – Oturum aç"),
    sign_in_again: "Yeniden oturum aç",
    code: "Kod",
    reference: "Referans",
    either: Sentence::new("{} veya {}"),
    errors: ERRORS,

    language: "Dil",
    change_language: "Değiştir",
    privacy: "Gizlilik",
    terms: "Kullanım koşulları",
};

const ERRORS: ErrorTexts = ErrorTexts {
    access_denied: ErrorText::new(
        "Erişim reddedildi",
        "Oturum açma izniniz yok.",
        "Başka bir hesap kullanın veya siteyi yönetenlerden erişim isteyin.",
    ),
    configuration: ErrorText::new(
        "Sunucu hatası",
        "Sunucu yapılandırmasında bir sorun var.",
        "Daha sonra yeniden deneyin. Bu siteyi siz yönetiyorsanız sunucu günlüklerine bakın.",
    ),
    csrf: ErrorText::new(
        "Formun süresi dolmuştu",
        "Uzun süre açık kaldı veya bu tarayıcı çerezleri engelliyor.",
        "Yeniden deneyin. Bu sayfa tekrar gelirse bu site için çerezlere izin verin.",
    ),
    account_not_linked: ErrorText::new(
        "Daha önce başka bir yolla oturum açtınız",
        "E-posta adresiniz, bu sitede başka bir yolla oturum açan bir kullanıcıya ait.",
        "İlk seferki gibi oturum açın. Ardından bu yolla yeniden oturum açarak onu \
         ekleyebilirsiniz.",
    ),
    sign_in_as_before: Sentence::new(
        "{} ile oturum açın. Ardından bu yolla yeniden oturum açarak onu ekleyebilirsiniz.",
    ),
    sign_in_expired: ErrorText::new(
        "Oturum açma çok uzun sürdü",
        "Bu işlem, tamamlanamayacak kadar uzun süre önce başlatılmış.",
        "Baştan başlayın. Hiçbir şey kaybolmadı.",
    ),
    sign_in_not_started_here: ErrorText::new(
        "Oturum açma burada başlatılmadı",
        "Başka bir tarayıcıda başlatıldı veya bu tarayıcı çerezleri engelliyor.",
        "Buradan yeniden başlayın. Bu sayfa tekrar gelirse bu site için çerezlere izin verin.",
    ),
    sign_in_reused: ErrorText::new(
        "Bu oturum açma işlemi zaten kullanıldı",
        "Her işlem bir kez geçerlidir. Geri düğmesi veya sayfayı yenilemek eskisini getirir.",
        "İstediğiniz sayfaya gidin veya yeniden oturum açın.",
    ),
    provider_denied: ErrorText::new(
        "Oturum açma iptal edildi",
        "Sağlayıcı devam etmenize izin vermedi; çoğunlukla orada iptal ettiğiniz için.",
        "Yeniden deneyin veya oturum açmak için başka bir yol seçin.",
    ),
    provider_unreachable: ErrorText::new(
        "Sağlayıcıya ulaşılamıyor",
        "Zamanında yanıt vermedi. Bu sizin hatanız değil.",
        "Bir dakika bekleyip yeniden deneyin veya oturum açmak için başka bir yol seçin.",
    ),
    provider_answer: ErrorText::new(
        "Sağlayıcının yanıtı anlaşılamadı",
        "Bu sitenin kullanamayacağı bir yanıt verdi.",
        "Yeniden deneyin. Tekrar olursa siteyi yönetenlere bildirin.",
    ),
    id_token: ErrorText::new(
        "Sağlayıcının yanıtı kabul edilmedi",
        "Kim olduğunuza dair kanıtı denetimlerden geçmedi, bu yüzden oturum açılmadı.",
        "Yeniden deneyin. Tekrar olursa siteyi yönetenlere bildirin.",
    ),
    profile: ErrorText::new(
        "Hesabınız okunamadı",
        "Sağlayıcı, bu sitenin ihtiyaç duyduğu hesap bilgilerini göndermedi.",
        "Yeniden deneyip bunlara erişime izin verin veya başka bir hesap kullanın.",
    ),
    auth_time: ErrorText::new(
        "Yeterince yakın zamanda oturum açmadınız",
        "Bu sayfa yeniden oturum açılmasını istiyor, ancak sağlayıcı bunu doğrulamadı.",
        "Yeniden oturum açın. Sağlayıcı isterse parolanızı orada girin.",
    ),
    unknown_provider: ErrorText::new(
        "Böyle bir oturum açma yolu yok",
        "Bu site, istenen yolu sunmuyor.",
        "Oturum açma sayfasındakilerden birini seçin.",
    ),
    clients_unavailable: ErrorText::new(
        "Şu anda oturum açılamıyor",
        "Bu site nasıl oturum açtığınızı belirleyemedi. Bu sizin hatanız değil.",
        "Bir dakika bekleyip yeniden deneyin.",
    ),
    proxy_origin: ErrorText::new(
        "Oturum açma bilinmeyen bir adreste başlatıldı",
        "Bu site, başladığınız adres için oturum açma işlemlerini tamamlamaz.",
        "O adrese güveniyorsanız onu yönetenlere bildirin.",
    ),
    session_codec: ErrorText::new(
        "Oturumunuz kaydedilemedi",
        "Hata sizde değil, bu sitede.",
        "Daha sonra yeniden deneyin. Tekrar olursa siteyi yönetenlere bildirin.",
    ),
    unknown_action: ErrorText::new(
        "Sayfa bulunamadı",
        "Bu adreste bir şey yok.",
        "Adreste hata olup olmadığına bakın veya oturum açma sayfasına gidin.",
    ),
    unknown_host: ErrorText::new(
        "Bu adresten oturum açılamaz",
        "Bu siteye, kendisinin saymadığı bir adresten ulaştınız.",
        "Her zamanki adresini kullanın. O adres buysa siteyi yönetenlere bildirin.",
    ),
    account_of_another_user: ErrorText::new(
        "Bu hesap başka bir kullanıcıya ait",
        "Bu hesapla, şu anda oturum açmış olan kullanıcı değil, bir başkası oturum açıyor.",
        "O kullanıcıya geçmek için önce oturumu kapatın. Hesap eklemek için başka bir hesap \
         seçin.",
    ),
    session_changed: ErrorText::new(
        "Oturumunuz artık eskisi gibi değil",
        "Bir hesap eklemeye başladınız, sonra oturumu kapattınız veya başka bir kullanıcıya \
         geçtiniz.",
        "Her zamanki gibi oturum açın, ardından hesabı ekleyin.",
    ),
    store_unavailable: ErrorText::new(
        "Şu anda oturumunuz açılamıyor",
        "Bu site, kullanıcılarını sakladığı yere ulaşamıyor. Bu sizin hatanız değil.",
        "Bir dakika bekleyip yeniden deneyin.",
    ),
    session_too_large: ErrorText::new(
        "Oturumunuz açık tutulamadı",
        "Bu site, hakkınızda bir çereze sığmayacak kadar çok şey hatırlıyor.",
        "Siteyi yönetenlere bildirin.",
    ),
    callback_failed: ErrorText::new(
        "Bu site oturum açmayı tamamlayamadı",
        "Kendi denetimlerinden biri başarısız oldu. Bu sizin hatanız değil.",
        "Daha sonra yeniden deneyin. Tekrar olursa siteyi yönetenlere bildirin.",
    ),

    verification: ErrorText::new(
        "Oturum açılamıyor",
        "Oturum açma bağlantısı artık geçerli değil.",
        "Daha önce kullanılmış veya süresi dolmuş olabilir. Yeniden oturum açın.",
    ),
    another_account: ErrorText::new(
        "Oturum açılamıyor",
        "Kimliğinizi doğrulamak için ilk seferde kullandığınız hesapla oturum açın.",
        "O oturum açma yolunu seçin.",
    ),
    email_not_sent: ErrorText::new(
        "Oturum açılamıyor",
        "E-posta gönderilemedi.",
        "Adresi kontrol edip yeniden deneyin.",
    ),
    credentials: ErrorText::new(
        "Oturum açma başarısız",
        "Girdiğiniz bilgilerin doğru olup olmadığını kontrol edin.",
        "Ardından yeniden deneyin.",
    ),
    session_required: ErrorText::new(
        "Oturum açmak gerekiyor",
        "Bu sayfaya erişmek için lütfen oturum açın.",
        "Sonra bu sayfaya geri döneceksiniz.",
    ),
    not_finished: ErrorText::new(
        "Oturum açılamıyor",
        "Oturum açma tamamlanamadı.",
        "Başka bir hesapla oturum açmayı deneyin.",
    ),
    unknown: ErrorText::new(
        "Oturum açılamıyor",
        "Oturum açma tamamlanamadı.",
        "Yeniden deneyin. Tekrar olursa siteyi yönetenlere bildirin.",
    ),
};
