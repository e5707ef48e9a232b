//! Custom domain names: the hosts under which WebSocket APIs are served beside their own.
//!
//! See <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames.html>.

use landline_api::apigatewayv2::{
    ApiMapping, CreateDomainName, CreateDomainNameInput, DeleteDomainName, DeleteDomainNameInput,
    DomainName, DomainNameConfiguration, DomainNameStatus, EndpointType, GetDomainName,
    GetDomainNameInput, GetDomainNames, GetDomainNamesInput, GetDomainNamesOutput, IpAddressType,
    MutualTlsAuthentication, MutualTlsAuthenticationInput, RoutingMode, SecurityPolicy,
    UpdateDomainName, UpdateDomainNameInput,
};
use landline_wire::request_id::resource_id;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::page::page;
use super::patch::{self, non_empty};
use super::truststore::Truststore;
use super::{ApiGateway, expect};
use crate::quotas::DOMAIN_NAME_CHARS;
use crate::state::{
    self, DOMAINS, DomainRecord, Failure, Stored, bad_request, conflict, quota_reached,
};

impl Handler<CreateDomainName> for ApiGateway {
    async fn handle(
        &self,
        input: CreateDomainNameInput,
        caller: &Caller,
    ) -> Result<DomainName, ServiceError> {
        expect_name(&input.domain_name)?;
        expect_routing_mode(input.routing_mode.as_ref())?;
        expect::tags(input.tags.as_ref(), &self.limits)?;
        let named = input.mutual_tls_authentication.as_ref();
        let truststore = Truststore::read(named, &self.dispatcher, caller).await?;
        let domain = new_domain(input, &caller.region)?;
        let record = DomainRecord {
            account_id: caller.account_id.as_ref().to_owned(),
            region: caller.region.as_ref().to_owned(),
            domain: Stored(domain.clone()),
            truststore: truststore.pem(),
        };
        let limit = self.limits.domain_names;
        self.change_domains(move |transaction| {
            if DOMAINS.get_in(transaction, &domain.domain_name)?.is_some() {
                return Err(conflict("The domain name you provided already exists.").into());
            }
            if DOMAINS.load_in(transaction)?.len() >= limit {
                return Err(quota_reached("DomainNames", "account").into());
            }
            DOMAINS.put_in(transaction, &domain.domain_name, &record)?;
            Ok(domain)
        })
        .await
    }
}

impl Handler<GetDomainName> for ApiGateway {
    async fn handle(
        &self,
        input: GetDomainNameInput,
        _caller: &Caller,
    ) -> Result<DomainName, ServiceError> {
        self.read_domain(&input.domain_name, |_, record| Ok(record.domain.0))
    }
}

impl Handler<GetDomainNames> for ApiGateway {
    async fn handle(
        &self,
        input: GetDomainNamesInput,
        _caller: &Caller,
    ) -> Result<GetDomainNamesOutput, ServiceError> {
        let records = DOMAINS.load(&*self.store).map_err(Failure::from)?;
        let all: Vec<DomainName> = records.into_iter().map(|(_, it)| it.domain.0).collect();
        let max_results = input.max_results.as_deref();
        let page = page(all, name_of, max_results, input.next_token.as_deref())?;
        Ok(GetDomainNamesOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateDomainName> for ApiGateway {
    async fn handle(
        &self,
        mut input: UpdateDomainNameInput,
        caller: &Caller,
    ) -> Result<DomainName, ServiceError> {
        expect_routing_mode(input.routing_mode.as_ref())?;
        if let Some(given) = &mut input.mutual_tls_authentication
            && given.truststore_uri.is_none()
        {
            // Another version of the truststore that the domain has.
            let kept = self.read_domain(&input.domain_name, |_, record| Ok(record.domain.0))?;
            let kept = kept.mutual_tls_authentication;
            given.truststore_uri = kept.and_then(|kept| kept.truststore_uri);
        }
        let named = input.mutual_tls_authentication.as_ref();
        let truststore = Truststore::read(named, &self.dispatcher, caller).await?;
        self.change_domains(move |transaction| {
            let mut record = state::domain(transaction, &input.domain_name)?;
            let Stored(domain) = &mut record.domain;
            if let Some(given) = input.domain_name_configurations {
                update_configuration(domain, &only(given)?)?;
            }
            if let Some(given) = input.mutual_tls_authentication {
                domain.mutual_tls_authentication = mutual_tls(given);
                record.truststore = truststore.pem();
            }
            let domain = domain.clone();
            DOMAINS.put_in(transaction, &domain.domain_name, &record)?;
            Ok(domain)
        })
        .await
    }
}

impl Handler<DeleteDomainName> for ApiGateway {
    /// Its mappings go with it, as on AWS.
    async fn handle(
        &self,
        input: DeleteDomainNameInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change_domains(move |transaction| {
            let name = input.domain_name;
            state::domain(transaction, &name)?;
            state::remove_all::<ApiMapping>(transaction, &name)?;
            DOMAINS.delete_in(transaction, &name);
            Ok(Unit {})
        })
        .await
    }
}

fn name_of(domain: &DomainName) -> &str {
    &domain.domain_name
}

/// The defaults are part of every answer.
fn new_domain(input: CreateDomainNameInput, region: &str) -> Result<DomainName, ServiceError> {
    let given = only(input.domain_name_configurations.unwrap_or_default())?;
    let name = input.domain_name;
    let mut domain = DomainName {
        api_mapping_selection_expression: Some("$request.basepath".to_owned()),
        domain_name_arn: Some(format!("arn:aws:apigateway:{region}::/domainnames/{name}")),
        domain_name_configurations: Some(vec![DomainNameConfiguration {
            api_gateway_domain_name: Some(format!(
                "d-{}.execute-api.{region}.amazonaws.com",
                resource_id(10)
            )),
            domain_name_status: Some(DomainNameStatus::Available),
            endpoint_type: Some(EndpointType::Regional),
            hosted_zone_id: Some(hosted_zone(region).to_owned()),
            ip_address_type: Some(IpAddressType::Ipv4),
            security_policy: Some(SecurityPolicy::Tls12),
            ..DomainNameConfiguration::default()
        }]),
        domain_name: name,
        mutual_tls_authentication: input.mutual_tls_authentication.and_then(mutual_tls),
        routing_mode: Some(RoutingMode::ApiMappingOnly),
        tags: input.tags.filter(|tags| !tags.is_empty()),
    };
    update_configuration(&mut domain, &given)?;
    Ok(domain)
}

/// The one configuration that a domain has.
fn only(mut given: Vec<DomainNameConfiguration>) -> Result<DomainNameConfiguration, ServiceError> {
    match (given.pop(), given.is_empty()) {
        (Some(only), true) => Ok(only),
        _ => Err(bad_request(
            "Invalid input. Expected one domain name configuration",
        )),
    }
}

/// What an owner may set; the other members are the service's.
fn update_configuration(
    domain: &mut DomainName,
    given: &DomainNameConfiguration,
) -> Result<(), ServiceError> {
    if let Some(EndpointType::Edge) = given.endpoint_type {
        return Err(bad_request(
            "Only REGIONAL domain names can be managed through the API Gateway V2 API. \
             For EDGE domain names, please use the API Gateway V1 API. \
             Also note that only REST APIs can be attached to EDGE domain names.",
        ));
    }
    if let Some(SecurityPolicy::Tls10) = given.security_policy {
        return Err(bad_request(
            "Only REGIONAL domain names with a security policy of TLS 1.2 can be managed through \
             the API Gateway V2 API. For TLS 1.0 domain names, please use the API Gateway V1 API \
             to upgrade your security policy to TLS 1.2. Currently, only REST APIs can be attached \
             to a domain name with a security policy of TLS 1.0.",
        ));
    }
    for kept in domain.domain_name_configurations.iter_mut().flatten() {
        patch::text(&mut kept.certificate_arn, given.certificate_arn.clone());
        patch::text(&mut kept.certificate_name, given.certificate_name.clone());
        patch::text(
            &mut kept.ownership_verification_certificate_arn,
            given.ownership_verification_certificate_arn.clone(),
        );
        patch::value(&mut kept.ip_address_type, given.ip_address_type.clone());
        patch::value(&mut kept.security_policy, given.security_policy.clone());
    }
    Ok(())
}

/// An empty URI turns mutual TLS off.
fn mutual_tls(given: MutualTlsAuthenticationInput) -> Option<MutualTlsAuthentication> {
    let uri = non_empty(given.truststore_uri)?;
    Some(MutualTlsAuthentication {
        truststore_uri: Some(uri),
        truststore_version: non_empty(given.truststore_version),
        truststore_warnings: None,
    })
}

fn expect_routing_mode(mode: Option<&RoutingMode>) -> Result<(), ServiceError> {
    match mode {
        None | Some(RoutingMode::ApiMappingOnly) => Ok(()),
        // Routing rules lead to REST APIs.
        Some(_) => Err(bad_request(
            "Landline has no routing rules; RoutingMode must be API_MAPPING_ONLY.",
        )),
    }
}

/// A name of two labels or more in small letters, the first of which may be a star.
///
/// An address or `localhost` would take the node's own APIs away from everybody.
fn expect_name(name: &str) -> Result<(), ServiceError> {
    let concrete = name.strip_prefix("*.").unwrap_or(name);
    let labels: Vec<&str> = concrete.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_number = |label: &&str| label.bytes().all(|b| b.is_ascii_digit());
    let is_name = name.len() <= DOMAIN_NAME_CHARS
        && labels.len() >= 2
        && labels.iter().all(is_label)
        && !labels.last().is_some_and(is_number);
    if !is_name {
        return Err(bad_request(format!("Invalid domain name: {name}")));
    }
    if [".amazonaws.com", ".amazonaws.com.cn"]
        .iter()
        .any(|aws| name.ends_with(aws))
    {
        return Err(bad_request(format!(
            "Invalid domain name: {name}. Names of amazonaws.com cannot be custom domains."
        )));
    }
    Ok(())
}

/// The hosted zone of API Gateway's regional names, to which tools point alias records.
/// <https://docs.aws.amazon.com/general/latest/gr/apigateway.html>
fn hosted_zone(region: &str) -> &'static str {
    match region {
        "us-east-2" => "ZOJJZC49E0EPZ",
        "us-west-1" => "Z2MUQ32089INYE",
        "us-west-2" => "Z2OJLYMUO9EFXC",
        "af-south-1" => "Z2DHW2332DAMTN",
        "ap-east-1" => "Z3FD1VL90ND7K5",
        "ap-south-1" => "Z3VO1THU9YC4UR",
        "ap-northeast-1" => "Z1YSHQZHG15GKL",
        "ap-northeast-2" => "Z20JF4UZKIW1U8",
        "ap-southeast-1" => "ZL327KTPIQFUL",
        "ap-southeast-2" => "Z2RPCDW04V8134",
        "ca-central-1" => "Z19DQILCV0OWEC",
        "eu-central-1" => "Z1U9ULNL0V5AJ3",
        "eu-west-1" => "ZLY8HYME6SFDD",
        "eu-west-2" => "ZJ5UAJN8Y3Z2Q",
        _ => "Z1UJRXOUMOOFQ8", // us-east-1
    }
}
