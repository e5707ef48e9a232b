//! Client certificates and the stages that show them.

use landline_api::{apigateway, apigatewayv2 as api};

use super::{Plane, members, refusal, stage};

async fn generate(plane: &Plane) -> apigateway::ClientCertificate {
    let input = apigateway::GenerateClientCertificateInput {
        description: Some("ours".into()),
        ..Default::default()
    };
    let made = plane.call::<apigateway::GenerateClientCertificate>(input);
    made.await.unwrap()
}

fn get(id: &str) -> apigateway::GetClientCertificateInput {
    apigateway::GetClientCertificateInput {
        client_certificate_id: id.into(),
    }
}

#[tokio::test]
async fn a_certificate_is_generated_shown_described_and_deleted() {
    let plane = Plane::new();
    let made = generate(&plane).await;
    assert_eq!(
        members(&made),
        [
            "clientCertificateId",
            "createdDate",
            "description",
            "expirationDate",
            "pemEncodedCertificate"
        ]
    );
    let pem = made.pem_encoded_certificate.as_deref().unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"), "{pem}");
    assert!(!pem.contains("PRIVATE"), "{pem}");
    let life = made.expiration_date.unwrap().as_millis() - made.created_date.unwrap().as_millis();
    assert_eq!(life, 365 * 24 * 3_600_000);
    let id = made.client_certificate_id.clone().unwrap();
    let plane = plane.restarted();
    let shown = plane
        .call::<apigateway::GetClientCertificate>(get(&id))
        .await;
    assert_eq!(shown.unwrap(), made);
    let step = apigateway::PatchOperation {
        op: Some(apigateway::Op::Replace),
        path: Some("/description".into()),
        value: Some("theirs".into()),
        ..Default::default()
    };
    let update = apigateway::UpdateClientCertificateInput {
        client_certificate_id: id.clone(),
        patch_operations: Some(vec![step]),
    };
    plane
        .call::<apigateway::UpdateClientCertificate>(update)
        .await
        .unwrap();
    let list =
        plane
            .call::<apigateway::GetClientCertificates>(
                apigateway::GetClientCertificatesInput::default(),
            )
            .await
            .unwrap();
    let described: Vec<_> = list
        .items
        .unwrap()
        .into_iter()
        .map(|it| it.description)
        .collect();
    assert_eq!(described, [Some("theirs".to_owned())]);
    let delete = apigateway::DeleteClientCertificateInput {
        client_certificate_id: id.clone(),
    };
    plane
        .call::<apigateway::DeleteClientCertificate>(delete)
        .await
        .unwrap();
    let gone = plane
        .call::<apigateway::GetClientCertificate>(get(&id))
        .await;
    let text = "Invalid Client Certificate identifier specified";
    assert_eq!(refusal(gone), (404, text.into()));
}

#[tokio::test]
async fn a_stage_shows_a_certificate_that_exists_and_keeps_it_from_being_deleted() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let with = |id: &str| api::CreateStageInput {
        client_certificate_id: Some(id.into()),
        ..stage(&api_id, "prod")
    };
    let unknown = plane.call::<api::CreateStage>(with("nobody")).await;
    assert_eq!(refusal(unknown).0, 404);
    let id = generate(&plane).await.client_certificate_id.unwrap();
    plane.call::<api::CreateStage>(with(&id)).await.unwrap();
    let live = plane.live(&api_id, "prod");
    let identity = live.client_identity.as_ref().unwrap();
    assert_eq!(identity.id, id);
    assert!(identity.key.contains("PRIVATE KEY"));
    let delete = || apigateway::DeleteClientCertificateInput {
        client_certificate_id: id.clone(),
    };
    let held = plane
        .call::<apigateway::DeleteClientCertificate>(delete())
        .await;
    let (status, text) = refusal(held);
    assert!(
        status == 400 && text.contains(&format!("{api_id}/prod")),
        "{text}"
    );
    let off = api::UpdateStageInput {
        api_id: api_id.clone(),
        stage_name: "prod".into(),
        client_certificate_id: Some(String::new()),
        ..Default::default()
    };
    plane.call::<api::UpdateStage>(off).await.unwrap();
    assert_eq!(plane.live(&api_id, "prod").client_identity, None);
    let deleted = plane.call::<apigateway::DeleteClientCertificate>(delete());
    deleted.await.unwrap();
}

#[tokio::test]
async fn a_stage_of_a_rest_api_shows_a_certificate_that_exists() {
    let plane = Plane::new();
    let api = apigateway::CreateRestApiInput {
        name: "rest".into(),
        ..Default::default()
    };
    let api = plane.call::<apigateway::CreateRestApi>(api).await.unwrap();
    let api_id = api.id.unwrap();
    let body = r#"{"openapi": "3.0.1", "paths": {"/": {"get": {"x-amazon-apigateway-integration": {"type": "mock"}}}}}"#;
    let put = apigateway::PutRestApiInput {
        rest_api_id: api_id.clone(),
        body: body.into(),
        ..Default::default()
    };
    plane.call::<apigateway::PutRestApi>(put).await.unwrap();
    let deployment = apigateway::CreateDeploymentInput {
        rest_api_id: api_id.clone(),
        stage_name: Some("prod".into()),
        ..Default::default()
    };
    let deployed = plane.call::<apigateway::CreateDeployment>(deployment);
    deployed.await.unwrap();
    let show = |id: &str| apigateway::UpdateStageInput {
        rest_api_id: api_id.clone(),
        stage_name: "prod".into(),
        patch_operations: Some(vec![apigateway::PatchOperation {
            op: Some(apigateway::Op::Replace),
            path: Some("/clientCertificateId".into()),
            value: Some(id.into()),
            ..Default::default()
        }]),
    };
    let unknown = plane.call::<apigateway::UpdateStage>(show("nobody")).await;
    let text = "Invalid Client Certificate identifier specified";
    assert_eq!(refusal(unknown), (404, text.into()));
    let id = generate(&plane).await.client_certificate_id.unwrap();
    let shown = plane.call::<apigateway::UpdateStage>(show(&id)).await;
    assert_eq!(shown.unwrap().client_certificate_id, Some(id));
    let hidden = plane.call::<apigateway::UpdateStage>(show("")).await;
    assert_eq!(hidden.unwrap().client_certificate_id, None);
}
