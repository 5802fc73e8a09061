/* global SwaggerUIBundle */
SwaggerUIBundle({ url: 'own/openapi.json', dom_id: '#swagger-ui', deepLinking: true, tryItOutEnabled: true });
