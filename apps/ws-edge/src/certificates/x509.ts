// tsyringe, which this library uses, wants the polyfill before it is loaded.
import 'reflect-metadata';

export { Pkcs10CertificateRequest, X509Certificate } from '@peculiar/x509';
