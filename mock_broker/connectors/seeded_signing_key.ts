/**
 * The key that signs connection tokens in a world with a seed.
 *
 * A seed makes every id and every secret of a world predictable, so that two runs give the same bytes. RSA keys
 * cannot be made from a seed with what the runtimes offer, so seeded worlds share this one. It is public and protects
 * nothing: a broker without a seed makes a key of its own.
 *
 * @module
 */

import type { JWK } from "jose";

export const SEEDED_SIGNING_KEY: JWK = {
  kty: "RSA",
  n: "vbcdacPliAEt5cj-GV8S-c7UOp_BP1pSrs4OLjrtl2YKeyXVqG1JFgmBIa0qRXGyGRSqlXsFkKkfqpirdRIiFPpxVDHGpRCA2qHkg6yM3pxWF4d3bU059uSfaqq6UIIJaWwQjodBNrOPuOlLQ-lq-e8TJcmYbib4Tl3CPQRUnXc9oaNB70hzVYBp3O_at7wavOJphVIwuAqWR_hte6_TUuNftaugRm1OZGmrATyshDxa-Xvo6IGIZPMmjl41oh4_8a4iFYgYgbfAQdP5nIEj2AjtchoH-LSNhQpH-OkLxDkRnGhLkV4CDhm8OeO3cQz4a0HfiZHpFIc6OaKJatVMLw",
  e: "AQAB",
  d: "HklCV8_J2nlzDfuVR7rxeOciOFhSmGjfSZVkQXsaJ5DxsWaBLQnX9hL_BhTylPLT9MRjgHOK7Y93mltpsR8mSQ-7fIO_FjuD5o3xFhg7cOT9AB_vL915QxyNBTv2JxjApI93i9lfJCVsQfUfFTCz6Zcss7FINVA2qa62wy49d9mlDtEiYWJC7-dtoauoakcxh9-cbF1xXTB385saibLjdlNeWnmmUNQghNlwgpnuuZuI7f6s9YurZDwFQt0RulCyt_fvATvnpX-ZQ4xIAqI9AH8OKDdFGGP2bLTTZNY-KFYTWWfBPXAm0Z0i9vT3Pzd5X9LlRgvn062Bh4F8qccHaQ",
  p: "78haS92PsYKegkjtGM9Obu_ZQcqQ1QMPDlcmwuBH3LmtzkCoJF8wMupVcd8EUueS2FJdIucHPVKltzYDep8KHtnaIbuq9JKl_coRbCDRuvLQK4YIaGsk-bYCK9Y5xNSg1aH8g8CrabxxUxaKbCBoqNdDdK_HmGdli9xzMRuN-5M",
  q: "yovivgoauNkMOwWzo8naIRxLbwgvkFkjob7Hc4hkQaOKCLBZptN3HTslfUMDgYPxP2huzbuDrsBUjz0nRk2XgESt_nJPb80wxHAjCRfUlBjsODrfRnqSWuLguqb0iCndhWe-qBlaHjFxGOLy5U7-McrYmkfc0QyoUb3Nq3jwpnU",
  dp:
    "QA2yaV_HefDdrQoUJDOEzUfPLq8RH4YQqJEJbreBGuqTDmzhPc4bzw4gQyoDOq5X4Oenr6ItoekJEbchGMmRZ4pkpew_D9R4-SHYo5zkyd8BUw8cAeDVYMuJKvKwPe9bA5ahIQUABV_smfiEg7vomWnfwDUQyZqdWs5KC01EEXc",
  dq:
    "fbJIGYWtxa807t__9pJK4ydrDNG4qs0W1sbNgj5PcYirHe9LA8PR9PsCrfTLlTGrop0NvnEzLFzBXU8nM3LtpTV6ASExeQGO1Sl-JKN8UhgRaGforhVdBDguHMeFk4bfqW2TnUB2c6xdMoONF49pIr9uongcakN_pZKzs0lPlw0",
  qi:
    "ZMAT7XV4LTeHgQAoYhDqjBRokPcYgtfLE123jGbULKJhsCjypB6_60L1Na0Isy7L_QGJZrV--Qh4ainAg6hLMo-x9OF1MHSOJmLViPV_w7dX1gFe02q2BdSkO9NUv5TOtVc_lgrp6NGONzEAjzZDo13MwR-tnMR0-yemwChIew8",
};
