//! What the router asks about a URL: the stages, the custom domains, the buckets.

use std::sync::Arc;

use landline_gateway::deployment::domains::LiveDomains;
use landline_gateway::deployment::live::LiveStages;
use landline_s3::S3;

use crate::front_door::route::{Mapped, Stages};

/// The gateway's stages and custom domains, for the router.
#[derive(Debug)]
pub struct RoutedStages {
    /// The stages.
    pub live: Arc<LiveStages>,
    /// The custom domains.
    pub domains: Arc<LiveDomains>,
    /// Whose buckets are known.
    pub s3: Arc<S3>,
}

impl Stages for RoutedStages {
    fn has(&self, api_id: &str, stage: &str) -> bool {
        self.live.get(api_id, stage).is_some()
    }

    fn only_api_with(&self, stage: &str) -> Option<String> {
        // An HTTP API beside it has a stage of the same name as often as not.
        let mut apis = self.live.apis_with(stage);
        apis.retain(|api_id| {
            let slot = self.live.get(api_id.as_str(), stage);
            slot.is_some_and(|slot| !slot.load().serves_http())
        });
        match apis.as_slice() {
            [only] => Some(only.to_string()),
            _ => None,
        }
    }

    fn has_bucket(&self, name: &str) -> bool {
        self.s3.has_bucket(name)
    }

    fn http(&self, api_id: &str, first: Option<&str>) -> Option<String> {
        let serves = |stage: &str| {
            let slot = self.live.get(api_id, stage)?;
            slot.load().serves_http().then(|| stage.to_owned())
        };
        first.and_then(serves).or_else(|| serves("$default"))
    }

    fn mapped(&self, host: &str, path: &[&str]) -> Mapped {
        let Some(domain) = self.domains.find(host) else {
            return Mapped::NoDomain;
        };
        match domain.mapping(path) {
            None => Mapped::Nothing,
            Some(mapping) => Mapped::Stage {
                api_id: mapping.api_id.as_str().to_owned(),
                stage: mapping.stage_name.as_str().to_owned(),
                depth: mapping.key.len(),
            },
        }
    }
}
