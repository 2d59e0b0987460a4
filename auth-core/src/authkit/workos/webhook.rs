//! Whether an event that claims to come from WorkOS does.

use std::time::Duration;

use aws_lc_rs::hmac;

use crate::secret::{Secret, ct_eq, hex};
use crate::time::Timestamp;

/// The header that carries the signature.
pub const WEBHOOK_SIGNATURE_HEADER: &str = "WorkOS-Signature";

/// How old a signature may be by default, and how far in the future: three minutes, as the SDKs
/// have it.
pub const WEBHOOK_TOLERANCE: Duration = Duration::from_secs(3 * 60);

/// Most signatures looked at in one header.
const MAX_SIGNATURES: usize = 8;

/// Verifies the signature of a webhook request, made with `secret` (that of the endpoint) over the
/// time and `body` (as it came, to the byte).
///
/// `header` is the value of `WorkOS-Signature`: `t=<milliseconds>, v1=<hexadecimal>`. While a
/// secret is changed there may be several `v1`, of which one has to be right.
///
/// # Errors
/// [`WebhookError`].
///
/// # Security
/// Within `tolerance` the same event can be sent again by whoever recorded it: remember its id.
pub fn verify_webhook(
    header: &str,
    body: &[u8],
    secret: &Secret<String>,
    now: Timestamp,
    tolerance: Duration,
) -> Result<(), WebhookError> {
    let mut signed_at = None;
    let mut signatures = Vec::new();
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", value)) if signed_at.is_none() => signed_at = Some(value),
            // Which of two times was signed would be a guess.
            Some(("t", _)) => return Err(WebhookError::Malformed),
            Some(("v1", value)) if signatures.len() < MAX_SIGNATURES => signatures.push(value),
            // Another version, which is for whoever knows it.
            Some(_) => {}
            None => return Err(WebhookError::Malformed),
        }
    }
    let signed_at = signed_at
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        .ok_or(WebhookError::Malformed)?;
    let milliseconds: i64 = signed_at.parse().map_err(|_| WebhookError::Malformed)?;
    if signatures.is_empty() {
        return Err(WebhookError::Malformed);
    }

    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
    let mut mac = hmac::Context::with_key(&key);
    mac.update(signed_at.as_bytes());
    mac.update(b".");
    mac.update(body);
    let expected = hex(mac.sign().as_ref());
    let is_right = |signature: &&str| ct_eq(expected.as_bytes(), signature.as_bytes());
    if !signatures.iter().any(is_right) {
        return Err(WebhookError::BadSignature);
    }
    let signed_at = Timestamp::from_unix(milliseconds / 1000);
    let age = now.since(signed_at).max(signed_at.since(now));
    if age > tolerance {
        return Err(WebhookError::OutsideTolerance);
    }
    Ok(())
}

/// Why a webhook request is not WorkOS's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// The header has not one time and at least one signature.
    #[error("the signature header of the webhook is malformed")]
    Malformed,
    /// No signature is that of the secret, the time and the body.
    #[error("the signature of the webhook is wrong")]
    BadSignature,
    /// The signature is right, and too old or from the future.
    #[error("the webhook was signed too long ago, or in the future")]
    OutsideTolerance,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix(1_750_000_000);
    const BODY: &[u8] = br#"{"id":"event_1","event":"user.created"}"#;

    /// `v1` of a body that was signed so many seconds after [`NOW`].
    fn v1(secret: &str, after: i64) -> (String, String) {
        let at = format!("{}123", NOW.as_unix() + after);
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let message = [at.as_bytes(), b".", BODY].concat();
        (at, hex(hmac::sign(&key, &message).as_ref()))
    }

    fn verify(header: &str) -> Result<(), WebhookError> {
        verify_webhook(header, BODY, &"secret".into(), NOW, WEBHOOK_TOLERANCE)
    }

    #[test]
    fn the_signature_is_hmac_sha256_of_time_and_body() {
        // printf '1750000000000.{}' | openssl dgst -sha256 -hmac secret
        let signature = "b17461bd060e5430355d340b21b5567188f01e8deeb43640a2e23b2120a00bd8";
        let header = format!("t=1750000000000, v1={signature}");
        let verified = verify_webhook(&header, b"{}", &"secret".into(), NOW, Duration::ZERO);
        assert_eq!(verified, Ok(()));
    }

    #[test]
    fn a_signature_counts_for_three_minutes() {
        let signed = |after| {
            let (at, v1) = v1("secret", after);
            verify(&format!("t={at}, v1={v1}"))
        };
        for after in [-180, 0, 180] {
            assert_eq!(signed(after), Ok(()));
        }
        for after in [-181, 181] {
            assert_eq!(signed(after), Err(WebhookError::OutsideTolerance));
        }
    }

    #[test]
    fn one_of_several_signatures_has_to_be_right() {
        let ((at, right), (_, wrong)) = (v1("secret", 0), v1("older", 0));
        assert_eq!(verify(&format!("t={at},v1={wrong},v1={right}")), Ok(()));
        assert_eq!(verify(&format!("v2=x,v1={right},t={at}")), Ok(()));
        let flood = format!("v1={wrong},").repeat(MAX_SIGNATURES);
        let refused = Err(WebhookError::BadSignature);
        assert_eq!(verify(&format!("t={at},{flood}v1={right}")), refused);
    }

    #[test]
    fn a_signature_of_anything_else_is_wrong() {
        let ((at, right), (_, other)) = (v1("secret", 0), v1("other", 0));
        let refused = Err(WebhookError::BadSignature);
        let later = format!("{}124", NOW.as_unix());
        for (at, v1) in [(&*at, &*other), (&*later, &*right), (&*at, ""), (&*at, "ü")] {
            assert_eq!(verify(&format!("t={at},v1={v1}")), refused, "{v1}");
        }
        for v1 in [
            &right[..62],
            &format!("{right}00"),
            &format!(" {right}"),
            &format!("0{right}"),
        ] {
            assert_eq!(verify(&format!("t={at},v1={v1}")), refused, "{v1}");
        }
        let header = format!("t={at},v1={right}");
        let of =
            |body: &[u8]| verify_webhook(&header, body, &"secret".into(), NOW, WEBHOOK_TOLERANCE);
        assert_eq!(of(BODY), Ok(()));
        assert_eq!(of(b"{}"), refused);
    }

    #[test]
    fn a_header_without_a_time_or_a_signature_is_malformed() {
        let (at, v1) = v1("secret", 0);
        let headers = [
            String::new(),
            format!("t={at}"),
            format!("v1={v1}"),
            format!("t=,v1={v1}"),
            format!("t=-1,v1={v1}"),
            format!("t=99999999999999999999,v1={v1}"),
            format!("t={at},t={at},v1={v1}"),
            format!("t={at},v1={v1},x"),
        ];
        for header in headers {
            assert_eq!(verify(&header), Err(WebhookError::Malformed), "{header}");
        }
    }
}
