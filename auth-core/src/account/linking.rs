//! Who a proved account belongs to, decided from facts alone.
//!
//! An account is found by provider and `sub`, never by its e-mail address (OpenID Connect Core
//! §5.7): an address that the provider has not verified is whatever somebody typed in, and one that
//! it has verified is worth what the provider's word is worth.

/// What is known when somebody comes back from a provider.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts<'a> {
    /// Who has the account.
    pub(super) owner: Option<&'a str>,
    pub(super) visitor: Visitor<'a>,
    /// What the provider's word on the e-mail address is worth.
    pub(super) email: EmailProof,
    /// Who has the e-mail address.
    pub(super) holder: Option<Holder<'a>>,
}

/// Who began the sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Visitor<'a> {
    /// Nobody was signed in.
    Guest,
    /// This user was, and still is.
    SignedIn(&'a str),
    /// This user was, and is no more: nobody or somebody else is signed in now.
    Changed(&'a str),
}

/// What the provider says of the e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EmailProof {
    /// Nothing that counts.
    Claimed,
    /// It verified the address. It may be mistaken, or lie.
    Verified,
    /// It verified the address, and the site trusts its word on that.
    Trusted,
}

/// The user who has the e-mail address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holder<'a> {
    pub(super) user_id: &'a str,
    /// Whether the address was verified by a provider that the site trusts.
    pub(super) is_verified: bool,
}

/// What follows from the facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision<'a> {
    /// The account is this user's.
    SignIn(&'a str),
    /// The account becomes this user's.
    Link(&'a str),
    /// Nobody is known yet.
    Create,
    /// The account stays without a user, or with the one that it has.
    Refuse(Refusal),
}

/// Why nobody is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The account belongs to another user than the one who is signed in.
    AccountOfAnother,
    /// The user who began to add an account is not signed in any more.
    VisitorChanged,
    /// Somebody has the e-mail address. How they sign in may be told only to whoever has proved
    /// that the address is theirs.
    EmailTaken { may_tell: bool },
}

/// Decides. Who has the account comes before who has the e-mail address.
pub(super) fn decide<'a>(facts: &Facts<'a>) -> Decision<'a> {
    match (facts.owner, facts.visitor) {
        (Some(owner), Visitor::Guest) => Decision::SignIn(owner),
        (Some(owner), Visitor::SignedIn(user) | Visitor::Changed(user)) if owner == user => {
            Decision::SignIn(owner)
        }
        (Some(_), Visitor::SignedIn(_)) => Decision::Refuse(Refusal::AccountOfAnother),
        (_, Visitor::Changed(_)) => Decision::Refuse(Refusal::VisitorChanged),
        // Both accounts were proved in one browser, so their addresses need not agree.
        (None, Visitor::SignedIn(user)) => Decision::Link(user),
        (None, Visitor::Guest) => by_email(facts),
    }
}

fn by_email<'a>(facts: &Facts<'a>) -> Decision<'a> {
    match facts.holder {
        None => Decision::Create,
        // An unverified address on either side may have been typed in to get at the other's user.
        Some(holder) if holder.is_verified && facts.email == EmailProof::Trusted => {
            Decision::Link(holder.user_id)
        }
        Some(_) => Decision::Refuse(Refusal::EmailTaken {
            may_tell: facts.email != EmailProof::Claimed,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: &str = "ada";
    const EVE: &str = "eve";
    const ANOTHER: Decision<'_> = Decision::Refuse(Refusal::AccountOfAnother);
    const CHANGED: Decision<'_> = Decision::Refuse(Refusal::VisitorChanged);

    fn taken(may_tell: bool) -> Decision<'static> {
        Decision::Refuse(Refusal::EmailTaken { may_tell })
    }

    #[test]
    fn the_table_of_who_an_account_belongs_to() {
        use EmailProof::{Claimed, Trusted, Verified};
        use Visitor::{Changed, Guest, SignedIn};

        let verified = Some(Holder {
            user_id: ADA,
            is_verified: true,
        });
        let unverified = Some(Holder {
            user_id: ADA,
            is_verified: false,
        });
        #[rustfmt::skip]
        let rows = [
            // The account is known: the address says nothing any more.
            (Some(ADA), Guest,         Claimed,  None,       Decision::SignIn(ADA)),
            (Some(EVE), Guest,         Trusted,  verified,   Decision::SignIn(EVE)),
            (Some(ADA), SignedIn(ADA), Claimed,  None,       Decision::SignIn(ADA)),
            (Some(EVE), SignedIn(ADA), Claimed,  None,       ANOTHER),
            (Some(EVE), SignedIn(ADA), Trusted,  verified,   ANOTHER),
            // Whoever began is gone: the account alone decides, and nothing is linked.
            (Some(ADA), Changed(ADA),  Claimed,  None,       Decision::SignIn(ADA)),
            (Some(EVE), Changed(ADA),  Trusted,  verified,   CHANGED),
            (None,      Changed(ADA),  Claimed,  None,       CHANGED),
            (None,      Changed(ADA),  Trusted,  verified,   CHANGED),
            // A new account of somebody who is signed in, whatever the addresses.
            (None,      SignedIn(ADA), Claimed,  None,       Decision::Link(ADA)),
            (None,      SignedIn(EVE), Claimed,  verified,   Decision::Link(EVE)),
            (None,      SignedIn(EVE), Trusted,  verified,   Decision::Link(EVE)),
            // A new account of a guest, whose address nobody has.
            (None,      Guest,         Claimed,  None,       Decision::Create),
            (None,      Guest,         Trusted,  None,       Decision::Create),
            // ... or somebody has.
            (None,      Guest,         Claimed,  unverified, taken(false)),
            (None,      Guest,         Claimed,  verified,   taken(false)),
            (None,      Guest,         Verified, unverified, taken(true)),
            (None,      Guest,         Verified, verified,   taken(true)),
            (None,      Guest,         Trusted,  unverified, taken(true)),
            (None,      Guest,         Trusted,  verified,   Decision::Link(ADA)),
        ];
        for (owner, visitor, email, holder, expected) in rows {
            let facts = Facts {
                owner,
                visitor,
                email,
                holder,
            };
            assert_eq!(decide(&facts), expected, "{facts:?}");
        }
    }

    #[test]
    fn a_guest_gets_into_no_account_by_an_address_that_either_side_has_not_verified() {
        for email in [
            EmailProof::Claimed,
            EmailProof::Verified,
            EmailProof::Trusted,
        ] {
            for is_verified in [false, true] {
                let decision = decide(&Facts {
                    owner: None,
                    visitor: Visitor::Guest,
                    email,
                    holder: Some(Holder {
                        user_id: ADA,
                        is_verified,
                    }),
                });
                let gets_in = !matches!(decision, Decision::Refuse(_));
                assert_eq!(gets_in, email == EmailProof::Trusted && is_verified);
            }
        }
    }
}
