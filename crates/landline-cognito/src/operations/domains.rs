//! `CreateUserPoolDomain`, `DescribeUserPoolDomain`, `UpdateUserPoolDomain`, `DeleteUserPoolDomain`. A domain is kept, and
//! leads to nothing: there are no pages to log in at.

use landline_api::cognito_idp as api;
use landline_store::Collection;
use landline_wire::{Caller, Handler, ServiceError};

use crate::Cognito;
use crate::errors::{invalid, unreadable};
use crate::kept::Kept;

/// By their names.
pub(super) const DOMAINS: Collection<Kept<api::DomainDescriptionType>> =
    Collection::new("cognito.domain");

impl Cognito {
    fn domain(&self, name: &str) -> Result<Option<api::DomainDescriptionType>, ServiceError> {
        let found = DOMAINS.get(&*self.store, name).map_err(unreadable)?;
        Ok(found.map(|domain| domain.0))
    }

    /// A domain of this pool.
    fn domain_of(
        &self,
        pool: &str,
        name: &str,
    ) -> Result<api::DomainDescriptionType, ServiceError> {
        let found = self.domain(name)?;
        let own = found.filter(|domain| domain.user_pool_id.as_deref() == Some(pool));
        own.ok_or_else(|| invalid("No such domain or user pool exists."))
    }

    async fn keep_domain(&self, domain: api::DomainDescriptionType) -> Result<(), ServiceError> {
        let name = domain.domain.clone().unwrap_or_default();
        let put = DOMAINS.put(&*self.store, &name, Kept(domain));
        put.await.map_err(unreadable)
    }
}

impl Handler<api::CreateUserPoolDomain> for Cognito {
    async fn handle(
        &self,
        input: api::CreateUserPoolDomainInput,
        caller: &Caller,
    ) -> Result<api::CreateUserPoolDomainOutput, ServiceError> {
        let (name, version) = (input.domain.clone(), input.managed_login_version);
        if self.domain(&name)?.is_some() {
            return Err(invalid("Domain already associated with another user pool."));
        }
        self.pools.get(&input.user_pool_id)?;
        let custom = input.custom_domain_config;
        let domain = api::DomainDescriptionType {
            user_pool_id: Some(input.user_pool_id.clone()),
            aws_account_id: Some(caller.account_id.to_string()),
            domain: Some(name.clone()),
            s3_bucket: None,
            cloud_front_distribution: Some(distribution(&name)),
            version: Some("1".to_owned()),
            status: Some(api::DomainStatusType::Active),
            custom_domain_config: custom.clone(),
            managed_login_version: Some(version.unwrap_or(1)),
        };
        let change = self.change_pool(&input.user_pool_id, |record| {
            let settings = &mut record.settings.0;
            let place = match custom {
                Some(_) => &mut settings.custom_domain,
                None => &mut settings.domain,
            };
            if place.is_some() {
                return Err(invalid("User pool already has a domain configured."));
            }
            *place = Some(input.domain);
            Ok(())
        });
        let front = domain.custom_domain_config.is_some();
        // First, so that a crash in between leaves nothing that cannot be deleted.
        self.keep_domain(domain).await?;
        if let Err(refusal) = change.await {
            let delete = DOMAINS.delete(&*self.store, &name);
            delete.await.map_err(unreadable)?;
            return Err(refusal);
        }
        Ok(api::CreateUserPoolDomainOutput {
            managed_login_version: version,
            cloud_front_domain: front.then(|| distribution(&name)),
        })
    }
}

/// What a custom domain's alias record leads to on AWS.
fn distribution(name: &str) -> String {
    let bare: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(14)
        .collect();
    format!("d{bare}.cloudfront.net")
}

impl Handler<api::DescribeUserPoolDomain> for Cognito {
    async fn handle(
        &self,
        input: api::DescribeUserPoolDomainInput,
        _caller: &Caller,
    ) -> Result<api::DescribeUserPoolDomainOutput, ServiceError> {
        // Nothing is described as nothing.
        let found = self.domain(&input.domain)?.unwrap_or_default();
        Ok(api::DescribeUserPoolDomainOutput {
            domain_description: Some(found),
        })
    }
}

impl Handler<api::UpdateUserPoolDomain> for Cognito {
    async fn handle(
        &self,
        input: api::UpdateUserPoolDomainInput,
        _caller: &Caller,
    ) -> Result<api::UpdateUserPoolDomainOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let mut domain = self.domain_of(&pool.id, &input.domain)?;
        let custom = input.custom_domain_config;
        domain.custom_domain_config = custom.or(domain.custom_domain_config);
        let version = input.managed_login_version;
        domain.managed_login_version = version.or(domain.managed_login_version);
        let front = domain.custom_domain_config.is_some();
        let version = domain.managed_login_version;
        self.keep_domain(domain).await?;
        Ok(api::UpdateUserPoolDomainOutput {
            managed_login_version: version,
            cloud_front_domain: front.then(|| distribution(&input.domain)),
        })
    }
}

impl Handler<api::DeleteUserPoolDomain> for Cognito {
    async fn handle(
        &self,
        input: api::DeleteUserPoolDomainInput,
        _caller: &Caller,
    ) -> Result<api::DeleteUserPoolDomainOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let domain = self.domain_of(&pool.id, &input.domain)?;
        let change = self.change_pool(&pool.id, |record| {
            let settings = &mut record.settings.0;
            for place in [&mut settings.domain, &mut settings.custom_domain] {
                place.take_if(|name| Some(&*name) == domain.domain.as_ref());
            }
            Ok(())
        });
        change.await?;
        let delete = DOMAINS.delete(&*self.store, &input.domain);
        delete.await.map_err(unreadable)?;
        Ok(api::DeleteUserPoolDomainOutput {})
    }
}
