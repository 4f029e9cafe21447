-- Reasons in plain words. Two that stood for two things each are told apart by what is known of them.
UPDATE journal SET reason = CASE reason
    WHEN 'utilpas'     THEN 'midlertidig_fejl'
    WHEN 'tavs'        THEN 'intet_svar_i_tide'
    WHEN 'ulaest'      THEN 'laengde_kraeves'
    WHEN 'for_tidligt' THEN 'svarede_for_tidligt'
    WHEN 'afbrudt'     THEN 'brudt_undervejs'
    WHEN 'afsluttet'   THEN 'router_stoppede'
    WHEN 'intet_svar'  THEN iif(answer_status IN (502, 504), 'mellemled_uden_svar', 'brudt_foer_svar')
END
WHERE outcome <> 'accepteret'
      AND reason IN ('utilpas', 'tavs', 'ulaest', 'for_tidligt', 'afbrudt', 'afsluttet', 'intet_svar');
UPDATE standings SET last_reason = CASE last_reason
    WHEN 'utilpas'     THEN 'midlertidig_fejl'
    WHEN 'tavs'        THEN 'intet_svar_i_tide'
    WHEN 'ulaest'      THEN 'laengde_kraeves'
    WHEN 'for_tidligt' THEN 'svarede_for_tidligt'
    WHEN 'afbrudt'     THEN 'brudt_undervejs'
    WHEN 'afsluttet'   THEN 'router_stoppede'
    WHEN 'intet_svar'  THEN 'brudt_foer_svar'
END
WHERE last_reason IN ('utilpas', 'tavs', 'ulaest', 'for_tidligt', 'afbrudt', 'afsluttet', 'intet_svar');
