//! `ListTagsForResource`, `TagResource`, `UntagResource`.

use landline_api::cognito_idp as api;
use landline_wire::{Arn, Caller, Handler, ServiceError};

use crate::Cognito;
use crate::errors::{invalid, no_pool};
use crate::quotas::TAGS_MAX;

/// The id of the pool that an ARN means.
fn pool_of(arn: &str) -> Result<String, ServiceError> {
    let parsed = Arn::parse(arn).filter(|arn| arn.service == "cognito-idp");
    let id = parsed.and_then(|arn| arn.resource.strip_prefix("userpool/"));
    id.map(str::to_owned).ok_or_else(|| no_pool(arn))
}

impl Handler<api::ListTagsForResource> for Cognito {
    async fn handle(
        &self,
        input: api::ListTagsForResourceInput,
        _caller: &Caller,
    ) -> Result<api::ListTagsForResourceOutput, ServiceError> {
        let pool = self.pools.get(&pool_of(&input.resource_arn)?)?;
        Ok(api::ListTagsForResourceOutput {
            tags: Some(pool.settings().user_pool_tags.clone().unwrap_or_default()),
        })
    }
}

impl Handler<api::TagResource> for Cognito {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        _caller: &Caller,
    ) -> Result<api::TagResourceOutput, ServiceError> {
        let pool = pool_of(&input.resource_arn)?;
        let change = self.change_pool(&pool, |record| {
            let tags = record.settings.0.user_pool_tags.get_or_insert_default();
            tags.extend(input.tags);
            if tags.len() > TAGS_MAX {
                return Err(invalid(format!("A user pool has at most {TAGS_MAX} tags.")));
            }
            Ok(())
        });
        change.await?;
        Ok(api::TagResourceOutput {})
    }
}

impl Handler<api::UntagResource> for Cognito {
    async fn handle(
        &self,
        input: api::UntagResourceInput,
        _caller: &Caller,
    ) -> Result<api::UntagResourceOutput, ServiceError> {
        let pool = pool_of(&input.resource_arn)?;
        let change = self.change_pool(&pool, |record| {
            let tags = record.settings.0.user_pool_tags.get_or_insert_default();
            tags.retain(|key, _| !input.tag_keys.contains(key));
            Ok(())
        });
        change.await?;
        Ok(api::UntagResourceOutput {})
    }
}
