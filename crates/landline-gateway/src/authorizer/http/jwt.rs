//! `JWT` and `COGNITO_USER_POOLS` authorizers: a token that an issuer has signed, checked with the
//! issuer's own keys. Those of the node's own user pools are at hand; for others it asks Cognito, or
//! whom its owner names in its place.
//!
//! Keys from elsewhere are fetched when the first token comes, and again when one is signed with a key
//! that is not known, but not more often than every few seconds.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html>.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::Request;
use parking_lot::Mutex;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Entrance, source};
use crate::deployment::snapshot::{JwtAuthorizer, UserPoolAuthorizer};
use crate::gateway::DataPlane;
use crate::http::{Refusal, RefusalKind, Who};
use crate::quotas::{JWT_ISSUERS, JWT_KEYS_FETCH_PAUSE, JWT_KEYS_KEPT, JWT_KEYS_TIMEOUT};

/// The issuers of tokens that are at hand: no request is sent for their keys.
pub trait PublishKeys: Send + Sync + std::fmt::Debug + 'static {
    /// The JSON Web Key Set of an issuer; none where it is somewhere else.
    fn keys_of(&self, issuer: &str) -> Option<String>;
}

/// The keys of every issuer whose tokens came.
#[derive(Debug)]
pub(crate) struct Issuers {
    own: Arc<dyn PublishKeys>,
    known: Mutex<HashMap<String, Known>>,
    /// One fetch at a time: a burst of tokens asks an issuer once.
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Debug, Clone)]
struct Known {
    keys: Arc<Vec<Key>>,
    /// In the gateway's own time.
    fetched: Duration,
}

/// An RSA key of a JSON Web Key Set.
#[derive(Debug)]
struct Key {
    id: Option<String>,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
}

pub(super) async fn authorize(
    entrance: &Entrance<'_>,
    authorizer: &JwtAuthorizer,
) -> Result<Who, Refusal> {
    let Some(token) = source::value(&authorizer.identity_source, entrance) else {
        return Err(Refusal::from(RefusalKind::Unauthorized).challenging("Bearer".to_owned()));
    };
    let expected = Expected {
        issuer: &authorizer.issuer,
        audience: Some(&authorizer.audience),
    };
    let claims = verify(entrance, &expected, bare(&token))
        .await
        .map_err(|why| {
            let challenge =
                format!("Bearer scope=\"\" error=\"invalid_token\" error_description=\"{why}\"");
            Refusal::from(RefusalKind::Unauthorized).challenging(challenge)
        })?;
    let scopes = scopes(&claims);
    let wanted = &entrance.route.scopes;
    if !wanted.is_empty() && !wanted.iter().any(|scope| scopes.contains(scope)) {
        let challenge = format!(
            "Bearer scope=\"{}\" error=\"insufficient_scope\" error_description=\"JWT has insufficient scope\"",
            wanted.join(" ")
        );
        return Err(Refusal::from(RefusalKind::AccessDenied).challenging(challenge));
    }
    let shown: Map<String, Value> = claims
        .iter()
        .map(|(name, it)| (name.clone(), shown(it)))
        .collect();
    let scopes = if wanted.is_empty() {
        Value::Null
    } else {
        json!(scopes)
    };
    Ok(Who {
        authorizer: Some(json!({ "jwt": { "claims": shown, "scopes": scopes } })),
        ..Who::default()
    })
}

/// Lets in who has a token of a pool: one that tells who it is, or, where the method asks for
/// scopes, one that has one of them.
pub(super) async fn authorize_user(
    entrance: &Entrance<'_>,
    pools: &UserPoolAuthorizer,
) -> Result<Who, Refusal> {
    let unauthorized = || Refusal::from(RefusalKind::Unauthorized);
    let token = source::value(&pools.identity_source, entrance).ok_or_else(unauthorized)?;
    let token = bare(&token);
    let mut claims = Err("issuer is not valid");
    for issuer in &pools.issuers {
        let id = issuer.rsplit('/').next().unwrap_or_default();
        let expected = Expected {
            // The owner may say that the pool is somewhere else than on AWS.
            issuer: entrance.plane.user_pools.get(id).unwrap_or(issuer),
            audience: None,
        };
        claims = verify(entrance, &expected, token).await;
        if claims.is_ok() {
            break;
        }
    }
    let claims = claims.map_err(|why| {
        tracing::debug!(route = %entrance.route.key, why, "the token of a user pool does not hold");
        unauthorized()
    })?;
    let wanted = &entrance.route.scopes;
    let is_enough = if wanted.is_empty() {
        claims.get("token_use").is_none_or(|kind| kind == "id")
    } else {
        let scopes = scopes(&claims);
        wanted.iter().any(|scope| scopes.contains(scope))
    };
    if !is_enough {
        return Err(unauthorized());
    }
    let shown: Map<String, Value> = claims
        .iter()
        .map(|(name, it)| (name.clone(), joined(it)))
        .collect();
    Ok(Who {
        authorizer: Some(json!({ "claims": shown })),
        ..Who::default()
    })
}

/// The token without `Bearer`.
fn bare(token: &str) -> &str {
    match token.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => token,
    }
}

/// What a token must say.
struct Expected<'a> {
    issuer: &'a str,
    /// Any of these; whoever it is for, when not set.
    audience: Option<&'a [String]>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
}

/// The claims of a token that holds; `Err` says why it does not, in AWS's words.
async fn verify(
    entrance: &Entrance<'_>,
    expected: &Expected<'_>,
    token: &str,
) -> Result<Map<String, Value>, &'static str> {
    const MALFORMED: &str = "the token is malformed";
    let (signed, signature) = token.rsplit_once('.').ok_or(MALFORMED)?;
    let (head, payload) = signed.split_once('.').ok_or(MALFORMED)?;
    let decode = |text: &str| {
        URL_SAFE_NO_PAD
            .decode(text.trim_end_matches('='))
            .map_err(|_| MALFORMED)
    };
    let header: Header = serde_json::from_slice(&decode(head)?).map_err(|_| MALFORMED)?;
    let claims: Map<String, Value> =
        serde_json::from_slice(&decode(payload)?).map_err(|_| MALFORMED)?;
    if header.alg != "RS256" {
        return Err("the token is signed with an unsupported algorithm");
    }
    // Asked before the issuer is: a token of somebody else's costs no request.
    check(&claims, expected, entrance.time.as_seconds())?;
    let signature = decode(signature)?;
    let holds = |keys: &[Key]| {
        let mut meant = keys
            .iter()
            .filter(|key| header.kid.is_none() || key.id == header.kid);
        meant.any(|key| key.verifies(signed.as_bytes(), &signature))
    };
    let plane = entrance.plane;
    let keys = plane
        .issuers
        .keys(plane, expected.issuer, Wanted::Known)
        .await;
    if keys.as_ref().is_some_and(|keys| holds(keys)) {
        return Ok(claims);
    }
    // The issuer may have a new key.
    let is_unknown = keys
        .as_ref()
        .is_none_or(|keys| !keys.iter().any(|key| key.id == header.kid));
    if is_unknown {
        let keys = plane
            .issuers
            .keys(plane, expected.issuer, Wanted::Fresh)
            .await;
        if keys.is_some_and(|keys| holds(&keys)) {
            return Ok(claims);
        }
    }
    Err("signature verification failed")
}

/// Issuer, audience and times. A minute's difference of clocks is none.
fn check(
    claims: &Map<String, Value>,
    expected: &Expected<'_>,
    now: i64,
) -> Result<(), &'static str> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("iss") != Some(expected.issuer) {
        return Err("issuer is not valid");
    }
    let audience = |value: &str| {
        let mut audience = expected.audience.into_iter().flatten();
        audience.any(|it| it == value)
    };
    let is_meant = match claims.get("aud") {
        _ if expected.audience.is_none() => true,
        Some(Value::String(one)) => audience(one),
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).any(audience),
        // Access tokens of Cognito have a client in its place.
        _ => text("client_id").is_some_and(audience),
    };
    if !is_meant {
        return Err("invalid audience");
    }
    let time = |name: &str| claims.get(name).and_then(Value::as_f64);
    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970")]
    let now = now as f64;
    match time("exp") {
        None => return Err("the token has no expiry"),
        Some(ends) if ends <= now => return Err("the token has expired"),
        Some(_) => {}
    }
    if time("nbf").is_some_and(|begins| begins > now + CLOCK_DIFFERENCE) {
        return Err("the token is not valid yet");
    }
    if time("iat").is_some_and(|issued| issued > now + CLOCK_DIFFERENCE) {
        return Err("the token was issued in the future");
    }
    Ok(())
}

/// `scope`, or `scp` of some issuers: a text with blanks, or a list.
fn scopes(claims: &Map<String, Value>) -> Vec<String> {
    match claims.get("scope").or_else(|| claims.get("scp")) {
        Some(Value::String(text)) => text.split(' ').map(str::to_owned).collect(),
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

/// A claim as events show it: as text.
fn shown(claim: &Value) -> Value {
    match claim {
        Value::String(_) => claim.clone(),
        Value::Array(list) => {
            let texts: Vec<String> = list
                .iter()
                .map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
                .collect();
            format!("[{}]", texts.join(" ")).into()
        }
        other => other.to_string().into(),
    }
}

/// A claim as events of REST APIs show it.
fn joined(claim: &Value) -> Value {
    match claim {
        Value::String(_) => claim.clone(),
        Value::Array(list) => {
            let texts: Vec<String> = list
                .iter()
                .map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned))
                .collect();
            texts.join(",").into()
        }
        other => other.to_string().into(),
    }
}

/// Which keys will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Known,
    Fresh,
}

impl Issuers {
    pub(crate) fn new(own: Arc<dyn PublishKeys>) -> Self {
        Self {
            own,
            known: Mutex::default(),
            fetching: tokio::sync::Mutex::default(),
        }
    }

    async fn keys(&self, plane: &DataPlane, issuer: &str, wanted: Wanted) -> Option<Arc<Vec<Key>>> {
        if let Some(known) = self.known(plane, issuer, wanted) {
            return Some(known);
        }
        let _one_at_a_time = self.fetching.lock().await;
        // Somebody else may have asked meanwhile.
        if let Some(known) = self.known(plane, issuer, wanted) {
            return Some(known);
        }
        let keys = self.ask(plane, issuer).await;
        let keys = Arc::new(keys);
        let mut known = self.known.lock();
        if known.len() >= JWT_ISSUERS {
            known.clear();
        }
        let entry = Known {
            keys: Arc::clone(&keys),
            fetched: plane.uptime(),
        };
        known.insert(issuer.to_owned(), entry);
        Some(keys)
    }

    async fn ask(&self, plane: &DataPlane, issuer: &str) -> Vec<Key> {
        let own = self.own.keys_of(issuer);
        if let Some(keys) = own.and_then(|text| read(text.as_bytes())) {
            return keys;
        }
        let fetched = tokio::time::timeout(JWT_KEYS_TIMEOUT, fetch(plane, issuer)).await;
        if let Ok(Some(keys)) = fetched {
            return keys;
        }
        tracing::warn!(issuer, "the keys of the issuer cannot be fetched");
        Vec::new()
    }

    fn known(&self, plane: &DataPlane, issuer: &str, wanted: Wanted) -> Option<Arc<Vec<Key>>> {
        let known = self.known.lock().get(issuer).cloned()?;
        let age = plane.uptime().saturating_sub(known.fetched);
        let lasts = match wanted {
            Wanted::Known if !known.keys.is_empty() => JWT_KEYS_KEPT,
            _ => JWT_KEYS_FETCH_PAUSE,
        };
        (age < lasts).then_some(known.keys)
    }
}

async fn fetch(plane: &DataPlane, issuer: &str) -> Option<Vec<Key>> {
    #[derive(Deserialize)]
    struct Configuration {
        jwks_uri: String,
    }
    let place = format!(
        "{}/.well-known/openid-configuration",
        issuer.trim_end_matches('/')
    );
    let configuration: Configuration = serde_json::from_slice(&get(plane, &place).await?).ok()?;
    read(&get(plane, &configuration.jwks_uri).await?)
}

/// The RSA keys of a JSON Web Key Set.
fn read(set: &[u8]) -> Option<Vec<Key>> {
    #[derive(Deserialize)]
    struct KeySet {
        keys: Vec<WireKey>,
    }
    #[derive(Deserialize)]
    struct WireKey {
        kid: Option<String>,
        n: Option<String>,
        e: Option<String>,
    }
    let set: KeySet = serde_json::from_slice(set).ok()?;
    let decode = |text: &str| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok();
    let keys = set.keys.into_iter().filter_map(|key| {
        Some(Key {
            id: key.kid,
            modulus: decode(key.n.as_deref()?)?,
            exponent: decode(key.e.as_deref()?)?,
        })
    });
    Some(keys.collect())
}

async fn get(plane: &DataPlane, url: &str) -> Option<Bytes> {
    let request = Request::get(url).body(Bytes::new()).ok()?;
    let answered = plane.http.send(request).await;
    let response = answered
        .inspect_err(|failure| tracing::warn!(url, %failure, "issuer cannot be reached"))
        .ok()?;
    response.status().is_success().then(|| response.into_body())
}

impl Key {
    fn verifies(&self, signed: &[u8], signature: &[u8]) -> bool {
        let key = RsaPublicKeyComponents {
            n: &self.modulus,
            e: &self.exponent,
        };
        key.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature)
            .is_ok()
    }
}

/// In seconds.
const CLOCK_DIFFERENCE: f64 = 60.0;
