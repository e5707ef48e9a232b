//! Warm throughput: how much a table or an index takes at once without growing first. Only told: nothing
//! of ours is ever cold.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html>

use landline_api::dynamodb as api;
use landline_wire::ServiceError;
use serde::{Deserialize, Serialize};

use super::record::{Billing, Throughput};
use crate::error::invalid_parameter;

/// Units a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Warm {
    pub(crate) read: i64,
    pub(crate) write: i64,
}

/// What a new table on demand begins with.
const ON_DEMAND: Warm = Warm {
    read: 12_000,
    write: 4_000,
};

impl Warm {
    /// What a table or an index has, of which at least `kept` was true before; `throughput` is what it is
    /// provisioned with.
    pub(super) fn of(billing: Billing, throughput: Option<Throughput>, kept: Option<Self>) -> Self {
        let least = initial(billing, throughput);
        let kept = kept.unwrap_or(least);
        Self {
            read: kept.read.max(least.read),
            write: kept.write.max(least.write),
        }
    }

    /// What a new table or index is to have. `of` names it: `table`, `index NAME`.
    pub(super) fn at_first(
        wanted: Option<&api::WarmThroughput>,
        billing: Billing,
        throughput: Option<Throughput>,
        of: &str,
    ) -> Result<Option<Self>, ServiceError> {
        let mode = match billing {
            Billing::PayPerRequest => "OnDemand",
            Billing::Provisioned(_) => "Provisioned",
        };
        let refusal = format!("initial throughput for {mode}");
        let least = initial(billing, throughput);
        wanted
            .map(|wanted| least.raised(wanted, of, &refusal))
            .transpose()
    }

    /// It only ever grows.
    pub(super) fn grown(
        self,
        wanted: &api::WarmThroughput,
        of: &str,
    ) -> Result<Self, ServiceError> {
        let refusal = "current WarmThroughput, decreasing WarmThroughput is not supported";
        self.raised(wanted, of, refusal)
    }

    fn raised(
        self,
        wanted: &api::WarmThroughput,
        of: &str,
        than: &str,
    ) -> Result<Self, ServiceError> {
        let wanted = Self {
            read: wanted.read_units_per_second.unwrap_or(self.read),
            write: wanted.write_units_per_second.unwrap_or(self.write),
        };
        for (member, wanted, least) in [
            ("ReadUnitsPerSecond", wanted.read, self.read),
            ("WriteUnitsPerSecond", wanted.write, self.write),
        ] {
            if wanted < least {
                return Err(invalid_parameter(format_args!(
                    "Requested {member} for WarmThroughput for {of} is lower than {than}"
                )));
            }
        }
        Ok(wanted)
    }
}

fn initial(billing: Billing, throughput: Option<Throughput>) -> Warm {
    match (billing, throughput) {
        (Billing::PayPerRequest, None) => ON_DEMAND,
        (_, Some(throughput)) | (Billing::Provisioned(throughput), None) => Warm {
            read: throughput.read,
            write: throughput.write,
        },
    }
}
