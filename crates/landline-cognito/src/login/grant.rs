//! The end of a login: tokens, and what the pool's functions have to say about them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use landline_api::cognito_idp as api;
use landline_api::cognito_idp::PreTokenGenerationLambdaVersionType as Version;
use landline_wire::{ServiceError, request_id};
use serde_json::{Map, Value, json};

use super::{Given, Step, Visit, given};
use crate::Cognito;
use crate::tokens::{Groups, Login, Refresh, Subject};
use crate::triggers::{Question, attributes_of};
use crate::user::UserRecord;

/// Why tokens are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    Authentication,
    NewPassword,
    Refresh,
}

impl Occasion {
    fn source(self) -> &'static str {
        match self {
            Self::Authentication => "TokenGeneration_Authentication",
            Self::NewPassword => "TokenGeneration_NewPasswordChallenge",
            Self::Refresh => "TokenGeneration_RefreshTokens",
        }
    }
}

/// Who gets tokens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grant<'a> {
    visit: &'a Visit,
    user: &'a UserRecord,
    login: &'a Login,
    occasion: Occasion,
}

impl<'a> Grant<'a> {
    pub(crate) fn new(
        visit: &'a Visit,
        user: &'a UserRecord,
        login: &'a Login,
        occasion: Occasion,
    ) -> Self {
        Self {
            visit,
            user,
            login,
            occasion,
        }
    }
}

/// The claims of both tokens.
struct Claims {
    id: Map<String, Value>,
    access: Map<String, Value>,
}

impl Cognito {
    /// Makes the tokens of a login.
    pub(crate) async fn grant(
        &self,
        grant: Grant<'_>,
    ) -> Result<Box<api::AuthenticationResultType>, ServiceError> {
        let Grant { visit, user, .. } = grant;
        if grant.occasion != Occasion::Refresh {
            self.tell_after(&grant).await?;
        }
        let claims = self.claims(&grant).await?;
        let signed = self.sign(visit, claims).await?;
        let refresh = match grant.occasion {
            Occasion::Refresh => None,
            _ => Some(self.refresh_token_of(&grant)?),
        };
        tracing::debug!(
            UserPoolId = visit.pool.id,
            Username = user.username,
            "logged in"
        );
        Ok(Box::new(api::AuthenticationResultType {
            access_token: Some(signed.1),
            expires_in: i32::try_from(visit.client.access_seconds()).ok(),
            token_type: Some("Bearer".to_owned()),
            refresh_token: refresh,
            id_token: Some(signed.0),
            new_device_metadata: None,
        }))
    }

    /// `REFRESH_TOKEN_AUTH`.
    pub(super) async fn refresh(
        &self,
        visit: &Visit,
        parameters: &Given,
    ) -> Result<Step, ServiceError> {
        let token = given(parameters, "REFRESH_TOKEN")?;
        let (said, user) = self.refresh_token(&visit.pool, &visit.client, token)?;
        let secret = parameters.get("SECRET_HASH").map(String::as_str);
        let named = parameters.get("USERNAME").unwrap_or(&user.username);
        let names = [named.as_str(), &user.username, &user.sub];
        visit.client.check_secret(secret, &names)?;
        self.renew(visit, &said, &user).await.map(Step::Done)
    }

    /// New tokens of a login that has been.
    pub(crate) async fn renew(
        &self,
        visit: &Visit,
        said: &Refresh,
        user: &UserRecord,
    ) -> Result<Box<api::AuthenticationResultType>, ServiceError> {
        let login = Login {
            origin: said.origin.clone(),
            auth_seconds: said.auth_seconds,
        };
        let grant = Grant::new(visit, user, &login, Occasion::Refresh);
        self.grant(grant).await
    }

    fn refresh_token_of(&self, grant: &Grant<'_>) -> Result<String, ServiceError> {
        let Grant {
            visit, user, login, ..
        } = grant;
        let refresh = Refresh {
            sub: user.sub.clone(),
            client: visit.client.id().to_owned(),
            origin: login.origin.clone(),
            auth_seconds: login.auth_seconds,
            until_millis: self.now() + visit.client.refresh_seconds() * 1_000,
        };
        let text = serde_json::to_vec(&refresh).map_err(|it| ServiceError::internal(&it))?;
        Ok(URL_SAFE_NO_PAD.encode(visit.pool.keys()?.seal.close(&text)))
    }

    async fn tell_after(&self, grant: &Grant<'_>) -> Result<(), ServiceError> {
        let Grant { visit, user, .. } = grant;
        let request = json!({
            "userAttributes": attributes_of(user),
            "newDeviceUsed": false,
            "clientMetadata": visit.metadata,
        });
        let who = (user.username.as_str(), visit.client.id());
        let source = "PostAuthentication_Authentication";
        let question = Question::new("PostAuthentication", source, who, request, json!({}));
        let function = visit.pool.triggers().post_authentication;
        self.ask(&visit.pool, function.as_ref(), question).await?;
        Ok(())
    }

    async fn claims(&self, grant: &Grant<'_>) -> Result<Claims, ServiceError> {
        let Grant {
            visit, user, login, ..
        } = *grant;
        let groups = self.groups_of(&visit.pool, user)?;
        let event_id = request_id::uuid();
        let subject = |groups: &Groups| {
            let subject = Subject {
                pool: &visit.pool,
                client: &visit.client,
                user,
                login,
                groups,
                event_id: &event_id,
                now_seconds: self.now() / 1_000,
            };
            Claims {
                id: subject.id_claims(),
                access: subject.access_claims(),
            }
        };
        let triggers = visit.pool.triggers();
        let configured = triggers.pre_token_generation_config;
        let is_first_version = configured
            .as_ref()
            .is_none_or(|it| it.lambda_version == Version::V10);
        let function = configured
            .map(|it| it.lambda_arn)
            .or(triggers.pre_token_generation);
        let Some(function) = function else {
            return Ok(subject(&groups));
        };
        let request = json!({
            "userAttributes": attributes_of(user),
            "groupConfiguration": {
                "groupsToOverride": groups.names,
                "iamRolesToOverride": groups.roles,
                "preferredRole": groups.preferred_role,
            },
            "clientMetadata": visit.metadata,
            "scopes": [crate::tokens::ADMIN_SCOPE],
        });
        let (version, member) = if is_first_version {
            ("1", "claimsOverrideDetails")
        } else {
            ("2", "claimsAndScopeOverrideDetails")
        };
        let who = (user.username.as_str(), visit.client.id());
        let source = grant.occasion.source();
        let proposed = json!({ member: null });
        let mut question = Question::new("PreTokenGeneration", source, who, request, proposed);
        question.version = version;
        let answer = self.ask(&visit.pool, Some(&function), question).await?;
        let details = &answer[member];
        let mut claims = subject(&overridden(groups, &details["groupOverrideDetails"]));
        if is_first_version {
            change(&mut claims.id, details);
        } else {
            change(&mut claims.id, &details["idTokenGeneration"]);
            let access = &details["accessTokenGeneration"];
            change(&mut claims.access, access);
            change_scopes(&mut claims.access, access);
        }
        Ok(claims)
    }

    async fn sign(&self, visit: &Visit, claims: Claims) -> Result<(String, String), ServiceError> {
        let pool = std::sync::Arc::clone(&visit.pool);
        let signed = self.compute(move || {
            let keys = pool.keys()?;
            let id = keys.id.sign(&Value::Object(claims.id));
            let access = keys.access.sign(&Value::Object(claims.access));
            let both = id.zip(access);
            both.ok_or_else(|| ServiceError::internal(&"a token cannot be signed"))
        });
        signed.await?
    }
}

/// Groups that a function puts into the place of the user's.
fn overridden(groups: Groups, details: &Value) -> Groups {
    if !details.is_object() {
        return groups;
    }
    let texts = |name: &str| {
        let list = details[name].as_array();
        let texts = list.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect::<Vec<_>>()
    };
    let given = |name: &str, before: Vec<String>| {
        if details[name].is_array() {
            texts(name)
        } else {
            before
        }
    };
    Groups {
        names: given("groupsToOverride", groups.names),
        roles: given("iamRolesToOverride", groups.roles),
        preferred_role: details["preferredRole"]
            .as_str()
            .map(str::to_owned)
            .or(groups.preferred_role),
    }
}

/// Claims that no function may change.
const OWN: [&str; 17] = [
    "acr",
    "amr",
    "at_hash",
    "auth_time",
    "azp",
    "cognito:username",
    "client_id",
    "event_id",
    "exp",
    "iat",
    "iss",
    "jti",
    "nbf",
    "origin_jti",
    "sub",
    "token_use",
    "username",
];

fn change(claims: &mut Map<String, Value>, details: &Value) {
    let is_own = |name: &str| OWN.contains(&name);
    for name in details["claimsToSuppress"].as_array().into_iter().flatten() {
        if let Some(name) = name.as_str().filter(|name| !is_own(name)) {
            claims.remove(name);
        }
    }
    let added = details["claimsToAddOrOverride"].as_object();
    for (name, value) in added.into_iter().flatten() {
        if !is_own(name) && name != "aud" {
            claims.insert(name.clone(), value.clone());
        }
    }
}

fn change_scopes(claims: &mut Map<String, Value>, details: &Value) {
    let texts = |name: &str| {
        let list = details[name].as_array().into_iter().flatten();
        list.filter_map(Value::as_str).collect::<Vec<_>>()
    };
    let suppressed = texts("scopesToSuppress");
    let before = claims
        .get("scope")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let mut scopes: Vec<&str> = before
        .split(' ')
        .filter(|scope| !scope.is_empty() && !suppressed.contains(scope))
        .collect();
    scopes.extend(texts("scopesToAdd"));
    let scopes = scopes.join(" ");
    claims.insert("scope".to_owned(), scopes.into());
}
