//! Which flow gets which [`Fault`].

use crate::faults::Fault;

/// The faults asked for and not yet played.
#[derive(Debug, Default)]
pub(crate) struct FaultPlan {
    next: Option<Fault>,
    always: Option<Fault>,
    /// Of the flow that started last: the keys are fetched by nobody in particular.
    current: Option<Fault>,
}

impl FaultPlan {
    pub(crate) fn next(&mut self, fault: Fault) {
        self.next = Some(fault);
    }

    pub(crate) fn always(&mut self, fault: Fault) {
        self.always = Some(fault);
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    /// The fault of a flow that starts now; `requested` is the one its own parameter names.
    pub(crate) fn begin(&mut self, requested: Option<Fault>) -> Option<Fault> {
        self.current = requested.or_else(|| self.next.take()).or(self.always);
        self.current
    }

    /// The fault of a discovery request: it comes before the flow that needs it.
    pub(crate) fn before_a_flow(&self) -> Option<Fault> {
        self.next.or(self.always)
    }

    /// The fault of a request for the keys: it comes while some flow is under way.
    pub(crate) fn during_a_flow(&self) -> Option<Fault> {
        self.next.or(self.current).or(self.always)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_flow_alone_gets_the_fault() {
        let mut plan = FaultPlan::default();
        plan.next(Fault::Expired);
        let expired = Some(Fault::Expired);
        let ambient = |plan: &FaultPlan| (plan.before_a_flow(), plan.during_a_flow());
        assert_eq!(ambient(&plan), (expired, expired));
        assert_eq!(plan.begin(None), expired);
        assert_eq!(ambient(&plan), (None, expired));
        assert_eq!(plan.begin(None), None);
        assert_eq!(ambient(&plan), (None, None));
    }

    #[test]
    fn a_flow_that_names_its_fault_leaves_the_next_one_alone() {
        let mut plan = FaultPlan::default();
        plan.next(Fault::Expired);
        let named = Some(Fault::WrongKey);
        assert_eq!(plan.begin(named), named);
        assert_eq!(plan.begin(None), Some(Fault::Expired));
    }

    #[test]
    fn a_lasting_fault_ends_when_cleared() {
        let mut plan = FaultPlan::default();
        plan.always(Fault::WrongKey);
        assert_eq!(plan.begin(None), plan.begin(None));
        plan.clear();
        assert_eq!(plan.begin(None), None);
    }
}
