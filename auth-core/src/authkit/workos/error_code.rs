//! What is wrong, in one word.

use super::open_enum::open_enum;

open_enum! {
    /// The `code` of a refusal, or its `error` where it is one of OAuth 2.0.
    ErrorCode {
        // The sign-in goes on: see `NextStep`.
        EmailVerificationRequired = "email_verification_required",
        MfaEnrollment = "mfa_enrollment",
        MfaChallenge = "mfa_challenge",
        MfaVerification = "mfa_verification",
        OrganizationSelectionRequired = "organization_selection_required",
        SsoRequired = "sso_required",
        OrganizationAuthenticationMethodsRequired = "organization_authentication_methods_required",
        RadarChallenge = "radar_challenge",
        RadarSignUpChallenge = "radar_sign_up_challenge",
        RadarSmsSignInChallenge = "radar_sms_sign_in_challenge",
        RadarEmailChallenge = "radar_email_challenge",
        RadarSmsChallenge = "radar_sms_challenge",
        // It does not.
        AuthenticationMethodNotAllowed = "authentication_method_not_allowed",
        EmailPasswordAuthDisabled = "email_password_auth_disabled",
        PasskeyProgressiveEnrollment = "passkey_progressive_enrollment",
        ApplicationConsentRequired = "application_consent_required",
        // Of OAuth.
        InvalidGrant = "invalid_grant",
        InvalidRequest = "invalid_request",
        InvalidClient = "invalid_client",
        UnauthorizedClient = "unauthorized_client",
        InvalidProfile = "invalid_profile",
        InvitationInvalid = "invitation_invalid",
        InvitationCannotBeUsedForEmail = "invitation_cannot_be_used_for_email",
        InvalidConnection = "invalid_connection",
        SignUpNotAllowed = "sign_up_not_allowed",
        InvalidLinkAuthorizationCode = "invalid_link_authorization_code",
        ExtraAttributesRequired = "extra_attributes_required",
        PkceNotSupported = "pkce_not_supported",
        AuthorizationPending = "authorization_pending",
        SlowDown = "slow_down",
        ExpiredToken = "expired_token",
        AccessDenied = "access_denied",
        // What was shown is wrong.
        InvalidCredentials = "invalid_credentials",
        InvalidOneTimeCode = "invalid_one_time_code",
        OneTimeCodeExpired = "one_time_code_expired",
        OneTimeCodePreviouslyUsed = "one_time_code_previously_used",
        OneTimeCodeTooManyAttempts = "one_time_code_too_many_attempts",
        InvalidPendingAuthenticationToken = "invalid_pending_authentication_token",
        InvalidOrganizationId = "invalid_organization_id",
        CodeChallengeNotFound = "code_challenge_not_found",
        UserMismatch = "user_mismatch",
        PhoneNumberRequired = "phone_number_required",
        VerificationIdRequired = "verification_id_required",
        InvalidRequestParameters = "invalid_request_parameters",
        // The caller, or how much it calls.
        Unauthorized = "unauthorized",
        DailyQuotaExceeded = "daily_quota_exceeded",
        TooManyRequests = "too_many_requests",
        RateLimitExceeded = "rate_limit_exceeded",
    }
}
